using System.Collections.Immutable;
using Siamese.Contracts.Trials;

namespace Siamese.Contracts.Ensembles;

/// <summary>A finished trial in an ensemble.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Member")]
public sealed record Member
{
    [Id(7)] private ImmutableArray<float> _spread = [];

    /// <summary>The trial's id.</summary>
    [Id(0)] public required string Trial { get; init; }

    [Id(1)] public required TrialSpec Spec { get; init; }

    /// <summary>Blob of its weights.</summary>
    [Id(2)] public required string WeightsBlob { get; init; }

    /// <summary>Its own threshold (validation EER), in units of its distance; its distances are divided by it.</summary>
    [Id(3)] public required double Threshold { get; init; }

    /// <summary>Share of the combined distance, 0 to 1; all members' weights add up to 1.</summary>
    [Id(4)] public required double Weight { get; init; }

    /// <summary>Its equal error rate on validation pairs.</summary>
    [Id(5)] public required double ValidationEer { get; init; }

    /// <summary>
    /// If it was trained on one of several shards, its equal error rate on pairs of images from the other shards; else null,
    /// and null while its sweep still trains.
    /// </summary>
    [Id(6)] public double? UnseenShardsEer { get; init; }

    /// <summary>The standard deviation of each number of its embeddings within validation classes; empty if an earlier build formed the version.</summary>
    public ImmutableArray<float> Spread { get => _spread.IsDefault ? [] : _spread; init => _spread = value; }

    /// <summary>By value, as of other records; an immutable array alone would compare by reference.</summary>
    public bool Equals(Member? other) => other is not null
        && (Trial, Spec, WeightsBlob, Threshold, Weight, ValidationEer, UnseenShardsEer) == (other.Trial, other.Spec, other.WeightsBlob, other.Threshold, other.Weight, other.ValidationEer, other.UnseenShardsEer)
        && Spread.AsSpan().SequenceEqual(other.Spread.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Trial, WeightsBlob, Threshold, Weight);
}
