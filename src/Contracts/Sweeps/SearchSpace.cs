using System.Collections.Immutable;

namespace Siamese.Contracts.Sweeps;

/// <summary>The values that a sweep tries. An empty list stands for the default of that hyperparameter.</summary>
[GenerateSerializer, Immutable, Alias("siamese.SearchSpace")]
public sealed record SearchSpace
{
    [Id(0)] public ImmutableArray<string> Encoders { get; init; } = [];
    [Id(1)] public ImmutableArray<int> EmbeddingSizes { get; init; } = [];
    [Id(2)] public ImmutableArray<string> Distances { get; init; } = [];
    [Id(3)] public ImmutableArray<string> Losses { get; init; } = [];
    [Id(4)] public ImmutableArray<double> Margins { get; init; } = [];
    [Id(5)] public ImmutableArray<Pairing> Pairings { get; init; } = [];
    [Id(6)] public ImmutableArray<int> BatchSizes { get; init; } = [];
    [Id(7)] public ImmutableArray<double> Balances { get; init; } = [];
    [Id(8)] public ImmutableArray<double> LearningRates { get; init; } = [];

    /// <summary>Number of epochs of every trial; null is the default.</summary>
    [Id(9)] public int? Epochs { get; init; }

    /// <summary>Length of the list with <see cref="Pairing.Listed"/>; null is the default.</summary>
    [Id(10)] public int? Pairs { get; init; }

    /// <summary>Schedule of every trial; null is the default.</summary>
    [Id(11)] public LearningRateSchedule? Schedule { get; init; }

    /// <summary>Augmentation of every trial; null is the default.</summary>
    [Id(12)] public bool? Augment { get; init; }
}
