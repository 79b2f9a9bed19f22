using Siamese.Contracts.Trials;

namespace Siamese.Contracts.Ensembles;

/// <summary>A finished trial in an ensemble.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Member")]
public sealed record Member
{
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
}
