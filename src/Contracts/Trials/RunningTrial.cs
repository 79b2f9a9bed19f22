namespace Siamese.Contracts.Trials;

/// <summary>One trial that a silo is training now.</summary>
[GenerateSerializer, Immutable, Alias("siamese.RunningTrial")]
public sealed record RunningTrial
{
    [Id(0)] public required string Trial { get; init; }
    [Id(1)] public required TrialSpec Spec { get; init; }

    /// <summary>Name of the silo that holds the lease.</summary>
    [Id(2)] public required string Silo { get; init; }

    /// <summary>The last finished epoch; null before the first one ends.</summary>
    [Id(3)] public EpochReport? Epoch { get; init; }

    /// <summary>Estimated seconds until it ends, from the pace of its epochs; null before the first one ends.</summary>
    [Id(4)] public double? SecondsLeft { get; init; }
}
