using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Maps;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Plots;

/// <summary>What the cluster knows about a sweep.</summary>
/// <param name="Progress">Its state.</param>
/// <param name="Trials">All of its trials, best validation EER first.</param>
/// <param name="Ended">Those that have ended, in that order.</param>
/// <param name="Importance">Which hyperparameters mattered; null if too few trials have ended.</param>
public sealed record SweepFindings(SweepProgress Progress, ImmutableArray<TrialReport> Trials, IReadOnlyList<TrialReport> Ended, ImportanceReport? Importance)
{
    /// <summary>The trials that can be compared, best validation EER first.</summary>
    public IReadOnlyList<TrialReport> Completed { get; } = [.. Trials.Where(trial => trial is { Status: TrialStatus.Completed, Result.Validation: not null })];
}

/// <summary>What the cluster knows about a version of an ensemble.</summary>
/// <param name="Summary">The version.</param>
/// <param name="Errors">Its members' errors on test pairs; null if they were not measured.</param>
/// <param name="Evaluation">How it does on test pairs; null if that cannot be measured.</param>
/// <param name="Map">How it sees test images; null if that cannot be drawn.</param>
public sealed record EnsembleFindings(EnsembleSummary Summary, MemberErrors? Errors, Evaluation? Evaluation, EmbeddingMap? Map);

/// <summary>What the cluster knows about a sweep, an ensemble, or both under one name.</summary>
/// <param name="Sweep">Null for an imported ensemble, or a version of an ensemble.</param>
/// <param name="Ensemble">Null if the sweep has none.</param>
/// <param name="Remarks">What is missing, and why, as sentences.</param>
public sealed record Findings(SweepFindings? Sweep, EnsembleFindings? Ensemble, IReadOnlyList<string> Remarks);
