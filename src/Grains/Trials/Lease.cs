using Siamese.Contracts.Data;
using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Trials;

/// <summary>A lease: the right to train one trial, until it expires or a later fence is granted.</summary>
/// <param name="Sweep">The sweep that asked for the trial.</param>
/// <param name="Trial">The trial's id.</param>
/// <param name="Fence">Number of the lease; a later lease of the trial has a higher number, and a report with an old number is refused.</param>
/// <param name="Spec">What to train.</param>
/// <param name="Data">Where the data set is read from.</param>
/// <param name="From">The checkpoint of an earlier lease to resume from; null if the trial starts from the beginning.</param>
/// <param name="Trace">Context of the lease's span, a W3C `traceparent`; null without telemetry.</param>
[GenerateSerializer, Immutable, Alias("siamese.Assignment")]
internal sealed record Lease(string Sweep, string Trial, long Fence, TrialSpec Spec, DataSource Data, Checkpoint? From = null, string? Trace = null)
{
    /// <summary>The key of the trainer under this lease.</summary>
    public string Trainer => LeaseKey.Of(Trial, Fence);
}
