using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.References;

namespace Siamese.Contracts.Ensembles;

/// <summary>
/// Members, with the threshold and the calibration of their combined distance: the weighted mean of the members' distances,
/// each divided by the member's own threshold. Immutable: a change makes a new version.
/// </summary>
[GenerateSerializer, Immutable, Alias("siamese.Ensemble")]
public sealed record Ensemble
{
    [Id(14)] private ImmutableArray<PartCalibration> _parts = [];
    [Id(15)] private ImmutableArray<ReferenceCalibration> _references = [];

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

    /// <summary>B in the same formula.</summary>
    [Id(6)] public required double PlattB { get; init; }

    /// <summary>Used instead of Platt's calibration if it predicted held-out pairs better; else null.</summary>
    [Id(9)] public IsotonicCurve? Isotonic { get; init; }

    /// <summary>How far its probabilities can be trusted; null if there are too few validation pairs to tell.</summary>
    [Id(10)] public CalibrationCheck? CalibrationCheck { get; init; }

    /// <summary>Blob of its distances on the validation pairs, for operating points; null if an earlier build formed the version.</summary>
    [Id(11)] public string? ValidationBlob { get; init; }

    /// <summary>Blob of its members' embeddings of training images, for novelty checks; null if formed during training or by an earlier build.</summary>
    [Id(12)] public string? ReferencesBlob { get; init; }

    /// <summary>Corrects the calibration using feedback; null if it was not recalibrated.</summary>
    [Id(13)] public Recalibration? Recalibration { get; init; }

    /// <summary>The data set that it was trained and validated on.</summary>
    [Id(7)] public required DataSource Data { get; init; }

    /// <summary>Its metrics on validation pairs.</summary>
    [Id(8)] public required PairMetrics Validation { get; init; }

    /// <summary>How it answers for pairs that are there as images only, or as pen strokes only; empty if its members all take the same.</summary>
    public ImmutableArray<PartCalibration> Parts { get => _parts.IsDefault ? [] : _parts; init => _parts = value; }

    /// <summary>How it answers for several references, by ascending number; empty if validation images do not suffice, or if an earlier build formed the version.</summary>
    public ImmutableArray<ReferenceCalibration> References { get => _references.IsDefault ? [] : _references; init => _references = value; }

    /// <summary>Whether another version gives the same distances: it has the same members, thresholds and weights.</summary>
    public bool MeasuresLike(Ensemble other) => Measures.SequenceEqual(other.Measures);

    private IEnumerable<(string, double, double)> Measures => Members.Select(member => (member.WeightsBlob, member.Threshold, member.Weight));
}

/// <summary>
/// How an ensemble that takes images and pen strokes answers if a pair is there as one of them: the threshold and the
/// calibration of the members that take it, with their weights rescaled to sum to 1.
/// </summary>
/// <param name="Inputs">What the pair is there as.</param>
/// <param name="Threshold">A combined distance up to this is *same*.</param>
/// <param name="PlattA">A in Platt's formula; see <see cref="Ensemble.PlattA"/>.</param>
/// <param name="PlattB">B in the same formula.</param>
/// <param name="Isotonic">Used instead of Platt's calibration if not null.</param>
[GenerateSerializer, Immutable, Alias("siamese.PartCalibration")]
public sealed record PartCalibration(InputKinds Inputs, double Threshold, double PlattA, double PlattB, IsotonicCurve? Isotonic);
