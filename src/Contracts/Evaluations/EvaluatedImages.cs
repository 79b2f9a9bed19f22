using System.Collections.Immutable;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Evaluations;

/// <summary>Which images an ensemble was evaluated on.</summary>
[GenerateSerializer, Immutable, Alias("siamese.EvaluatedImages")]
public sealed record EvaluatedImages
{
    /// <summary>Name of the data set.</summary>
    [Id(0)] public required string Data { get; init; }

    [Id(1)] public required ImageChoice Choice { get; init; }

    /// <summary>The split that made these test images; null for all images, or for the data's own test images.</summary>
    [Id(2)] public SplitBy? SplitBy { get; init; }

    /// <summary>Whether the ensemble was trained on this data.</summary>
    [Id(3)] public required bool IsTrainedOn { get; init; }

    /// <summary>Number of images to draw from.</summary>
    [Id(4)] public required int Count { get; init; }

    /// <summary>Number of their classes; 0 if they are unknown (a CSV of pairs).</summary>
    [Id(5)] public required int Classes { get; init; }

    /// <summary>Number of groups of classes; 0 if the data has none.</summary>
    [Id(6)] public required int Groups { get; init; }

    /// <summary>
    /// Number of images, compared by pixels, that the ensemble was trained or validated on, so that the figures are too good;
    /// null if unknown, because that data no longer exists.
    /// </summary>
    [Id(8)] public required int? UsedBefore { get; init; }

    /// <summary>Number of them that are forgeries of images of their classes.</summary>
    [Id(9)] public int Forged { get; init; }

    /// <summary>Remarks from reading the data.</summary>
    [Id(7)] public ImmutableArray<string> Remarks { get; init; } = [];
}
