using Siamese.Contracts.Tuning;

namespace Siamese.Bench.Search;

/// <summary>One trial of the table.</summary>
/// <param name="Point">Its hyperparameters.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Seconds">Seconds of training on one core.</param>
/// <param name="Eers">Validation EER after each epoch.</param>
internal sealed record RecordedTrial(Hyperparameters Point, int Seed, double Seconds, double[] Eers);
