using System.Collections.Immutable;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Evaluations;

/// <summary>Which images an ensemble was evaluated on.</summary>
[GenerateSerializer, Immutable, Alias("siamese.EvaluatedImages")]
public sealed record EvaluatedImages
{
    /// <summary>Of the data set.</summary>
    [Id(0)] public required string Data { get; init; }

    [Id(1)] public required ImageChoice Choice { get; init; }

    /// <summary>The split whose test images these are; null where they are all images, or the test images that the data brings along.</summary>
    [Id(2)] public SplitBy? SplitBy { get; init; }

    /// <summary>Whether the data is what the ensemble was trained on.</summary>
    [Id(3)] public required bool IsTrainedOn { get; init; }

    /// <summary>Number of images to draw from.</summary>
    [Id(4)] public required int Count { get; init; }

    /// <summary>Number of their classes; 0 where they are not known (a CSV of pairs).</summary>
    [Id(5)] public required int Classes { get; init; }

    /// <summary>Number of groups of classes; 0 where the data has none.</summary>
    [Id(6)] public required int Groups { get; init; }

    /// <summary>
    /// Number of them that the ensemble was trained or validated on, by their pixels, so that the figures flatter; null where
    /// it cannot be told, because that data is not there any more.
    /// </summary>
    [Id(8)] public required int? UsedBefore { get; init; }

    /// <summary>What the reading of the data had to say.</summary>
    [Id(7)] public ImmutableArray<string> Remarks { get; init; } = [];
}
