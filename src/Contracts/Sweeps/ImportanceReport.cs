using System.Collections.Immutable;

namespace Siamese.Contracts.Sweeps;

/// <summary>Which hyperparameters mattered in a sweep, and how sure that is.</summary>
[GenerateSerializer, Immutable, Alias("siamese.ImportanceReport")]
public sealed record ImportanceReport
{
    /// <summary>Number of ended trials that have a validation EER: what all of this is from.</summary>
    [Id(0)] public required int Trials { get; init; }

    /// <summary>Number of points of the search space that they are of; trials of one differ in seed or shard only.</summary>
    [Id(1)] public required int Points { get; init; }

    /// <summary>
    /// Of the variance of the logarithm of the EER between points, what the hyperparameters foretell of points that were not
    /// looked at (out-of-bag R²): 1 is all of it, 0 is nothing, and below 0 by chance. Null where there are too few points to ask.
    /// </summary>
    [Id(2)] public double? RSquared { get; init; }

    /// <summary>Why not much can be told, as a sentence; null where something can.</summary>
    [Id(3)] public string? Doubt { get; init; }

    /// <summary>What else there is to know, as sentences.</summary>
    [Id(4)] public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Those that were stated for the sweep and differ among its trials, the most important first.</summary>
    [Id(5)] public required ImmutableArray<Importance> Hyperparameters { get; init; }
}
