using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Workers;

/// <summary>What all training sessions of a silo share.</summary>
/// <param name="Runner">Trains.</param>
/// <param name="Blobs">Store for weights and embeddings.</param>
/// <param name="Checkpoints">Store for checkpoints.</param>
/// <param name="Term">How long a lease lasts.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log of the sessions.</param>
internal sealed record WorkerServices(
    TrialRunner Runner, IBlobStore Blobs, ICheckpointStore Checkpoints, IOptions<LeaseTerm> Term, TimeProvider Time, ILogger<TrainingSession> Logger);
