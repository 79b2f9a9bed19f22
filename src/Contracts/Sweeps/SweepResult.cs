using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Sweeps;

/// <summary>What a finished sweep is worth, on test pairs that nothing was chosen by.</summary>
/// <param name="Ensemble">The members, their weights and thresholds.</param>
/// <param name="TestPairs">Number of test pairs.</param>
/// <param name="Test">The ensemble on the test pairs.</param>
/// <param name="BestMember">The member with the lowest *validation* EER.</param>
/// <param name="BestMemberTest">That member alone on the same test pairs.</param>
/// <param name="Errors">Where its members err; null of a version that an earlier build formed.</param>
/// <param name="Worst">Test pairs that it has most wrong, at most five of each kind; default of a version that an earlier build formed.</param>
/// <param name="Intervals">How sure both EERs are; null of a version that an earlier build formed.</param>
[GenerateSerializer, Immutable, Alias("siamese.SweepResult")]
public sealed record SweepResult(
    EnsembleSummary Ensemble, int TestPairs, PairMetrics Test, string BestMember, PairMetrics BestMemberTest, TestIntervals? Intervals = null,
    MemberErrors? Errors = null, ImmutableArray<WorstPair> Worst = default);
