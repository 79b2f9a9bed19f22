using System.Collections.Immutable;

namespace Siamese.Contracts.Sweeps;

/// <summary>Which hyperparameters mattered in a sweep, and how certain that is.</summary>
[GenerateSerializer, Immutable, Alias("siamese.ImportanceReport")]
public sealed record ImportanceReport
{
    /// <summary>Number of ended trials that have a validation EER; the report is based on them.</summary>
    [Id(0)] public required int Trials { get; init; }

    /// <summary>Number of different points of the search space among them; trials of one point differ only in seed or shard.</summary>
    [Id(1)] public required int Points { get; init; }

    /// <summary>
    /// Share of the variance of the logarithm of the EER between points that the hyperparameters predict for held-out points
    /// (out-of-bag R²): 1 is all of it, 0 is none, and below 0 is chance. Null if there are too few points.
    /// </summary>
    [Id(2)] public double? RSquared { get; init; }

    /// <summary>Why the report says little, as a sentence; null if it says enough.</summary>
    [Id(3)] public string? Doubt { get; init; }

    /// <summary>Further remarks, as sentences.</summary>
    [Id(4)] public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>The hyperparameters that were given for the sweep and differ among its trials, the most important first.</summary>
    [Id(5)] public required ImmutableArray<Importance> Hyperparameters { get; init; }
}
