using System.Collections.Immutable;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Ensembles;

/// <summary>
/// Members whose distances, each divided by its own threshold, are averaged by weight; with the threshold and the
/// calibration of that average. Immutable: a change makes a new version.
/// </summary>
[GenerateSerializer, Immutable, Alias("siamese.Ensemble")]
public sealed record Ensemble
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>From 1.</summary>
    [Id(1)] public required int Version { get; init; }

    /// <summary>When this version was formed.</summary>
    [Id(2)] public required DateTimeOffset FormedAt { get; init; }

    [Id(3)] public required ImmutableArray<Member> Members { get; init; }

    /// <summary>A combined distance up to this is *same* (from validation pairs; near 1 by construction).</summary>
    [Id(4)] public required double Threshold { get; init; }

    /// <summary>A in Platt's P(same) = 1 / (1 + exp(A·distance + B)), for a prior of one half.</summary>
    [Id(5)] public required double PlattA { get; init; }

    /// <summary>B in the same.</summary>
    [Id(6)] public required double PlattB { get; init; }

    /// <summary>The calibration in place of Platt's, where it foretold held-out pairs better; null where Platt's is used.</summary>
    [Id(9)] public IsotonicCurve? Isotonic { get; init; }

    /// <summary>How far its probabilities can be trusted; null where there are too few validation pairs to tell.</summary>
    [Id(10)] public CalibrationCheck? CalibrationCheck { get; init; }

    /// <summary>Blob of its distances of the validation pairs, for operating points; null of a version that an earlier build formed.</summary>
    [Id(11)] public string? ValidationBlob { get; init; }

    /// <summary>Blob of training images as its members see them, for the novelty check; null of a version formed while its sweep still trained, or by an earlier build.</summary>
    [Id(12)] public string? ReferencesBlob { get; init; }

    /// <summary>Corrects the calibration by feedback; null where it was not recalibrated.</summary>
    [Id(13)] public Recalibration? Recalibration { get; init; }

    /// <summary>The data set whose images it was trained and validated on.</summary>
    [Id(7)] public required DataSource Data { get; init; }

    /// <summary>The ensemble on validation pairs.</summary>
    [Id(8)] public required PairMetrics Validation { get; init; }

    /// <summary>Whether another version's distances are this one's: it has the same members, with the same part each.</summary>
    public bool MeasuresLike(Ensemble other) => Parts.SequenceEqual(other.Parts);

    private IEnumerable<(string, double, double)> Parts => Members.Select(member => (member.WeightsBlob, member.Threshold, member.Weight));
}
