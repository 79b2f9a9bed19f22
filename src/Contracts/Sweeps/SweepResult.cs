using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Sweeps;

/// <summary>The result of a finished sweep on held-out test pairs.</summary>
/// <param name="Ensemble">The members, their weights and thresholds.</param>
/// <param name="TestPairs">Number of test pairs.</param>
/// <param name="Test">The ensemble's metrics on the test pairs.</param>
/// <param name="BestMember">The member with the lowest *validation* EER.</param>
/// <param name="BestMemberTest">That member's own metrics on the same test pairs.</param>
/// <param name="Errors">The errors of its members; null if an earlier build formed the version.</param>
/// <param name="Worst">Its worst mistakes on test pairs, at most five of each kind; default if an earlier build formed the version.</param>
/// <param name="Intervals">Intervals of both EERs; null if an earlier build formed the version.</param>
[GenerateSerializer, Immutable, Alias("siamese.SweepResult")]
public sealed record SweepResult(
    EnsembleSummary Ensemble, int TestPairs, PairMetrics Test, string BestMember, PairMetrics BestMemberTest, TestIntervals? Intervals = null,
    MemberErrors? Errors = null, ImmutableArray<WorstPair> Worst = default);
