using System.Collections.Immutable;

namespace Siamese.Contracts.Sweeps;

/// <summary>What a sweep will do, known once its data has been read.</summary>
[GenerateSerializer, Immutable, Alias("siamese.SweepPlan")]
public sealed record SweepPlan
{
    /// <summary>Number of trials, including those already trained.</summary>
    [Id(0)] public required int Trials { get; init; }

    /// <summary>Rough estimate of the core-seconds of training that the trials need in total.</summary>
    [Id(1)] public required double CoreSeconds { get; init; }

    /// <summary>Name of the data set, such as `mnist-mini` or the folder's name.</summary>
    [Id(2)] public required string DataName { get; init; }

    /// <summary>Content hash of the data set and its splits, hexadecimal.</summary>
    [Id(3)] public required string DataFingerprint { get; init; }

    [Id(4)] public required int Classes { get; init; }
    [Id(5)] public required int TrainingImages { get; init; }
    [Id(6)] public required int ValidationImages { get; init; }
    [Id(7)] public required int TestImages { get; init; }

    /// <summary>Sentences that a user should read before training starts, such as an imbalance or pairs left out by the split.</summary>
    [Id(8)] public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>How often an epoch of the first point goes through the training images of a shard; 0 if it does not, or in a plan of an earlier build.</summary>
    [Id(9)] public int Passes { get; init; }
}
