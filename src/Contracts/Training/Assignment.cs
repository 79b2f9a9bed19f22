using Siamese.Contracts.Data;

namespace Siamese.Contracts.Training;

/// <summary>A lease: the right to train one trial, until it expires or a later fence is granted.</summary>
/// <param name="Sweep">The sweep that asked for the trial.</param>
/// <param name="Trial">The trial's id.</param>
/// <param name="Fence">Number of the lease; a later lease of the trial has a higher one, and a report with an old one is refused.</param>
/// <param name="Spec">What to train.</param>
/// <param name="Data">Where the data set is read from.</param>
/// <param name="From">Where an earlier lease of the trial got to; null where it begins.</param>
[GenerateSerializer, Immutable, Alias("siamese.Assignment")]
public sealed record Assignment(string Sweep, string Trial, long Fence, TrialSpec Spec, DataSource Data, Checkpoint? From = null);
