using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.KnownData;

/// <summary>What is in a data set.</summary>
[GenerateSerializer, Immutable, Alias("siamese.DataSetDetails")]
public sealed record DataSetDetails
{
    /// <summary>As its sweeps planned with it.</summary>
    [Id(0)] public required KnownDataSet Known { get; init; }

    /// <summary>Its content; null until it has been read.</summary>
    [Id(1)] public DataSetContent? Content { get; init; }

    /// <summary>Why it cannot be read now; null if it can, or is being read.</summary>
    [Id(2)] public string? Problem { get; init; }

    /// <summary>Images that look like others; null until they have been looked for.</summary>
    [Id(3)] public LookAlikes? LookAlikes { get; init; }
}

/// <summary>The content of a data set.</summary>
[GenerateSerializer, Immutable, Alias("siamese.DataSetContent")]
public sealed record DataSetContent
{
    /// <summary>What its items are there as.</summary>
    [Id(0)] public required InputKinds Kinds { get; init; }

    /// <summary>Median height and width of its images in their own size; null if unknown.</summary>
    [Id(1)] public ImageSize? TypicalSize { get; init; }

    /// <summary>Number of all classes; 1 if it is a list of pairs, whose images have no classes.</summary>
    [Id(2)] public required int Classes { get; init; }

    /// <summary>The classes that were asked for.</summary>
    [Id(3)] public required ImmutableArray<ClassContent> Shown { get; init; }

    /// <summary>Number of pairs that it lists or deals from forgeries, in training, validation and test; empty if classes give all pairs.</summary>
    [Id(4)] public ImmutableArray<int> Pairs { get; init; } = [];

    /// <summary>Number of its images that are forgeries.</summary>
    [Id(5)] public int Forged { get; init; }

    /// <summary>Sentences on how it was read and split, and on what was left out.</summary>
    [Id(6)] public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Numbers in each of its vectors; null if its items are something else.</summary>
    [Id(7)] public int? Features { get; init; }
}

/// <summary>A class of a data set.</summary>
/// <param name="Name">Its name; empty if the data has no classes.</param>
/// <param name="Images">Number of its images in training, validation and test.</param>
/// <param name="Examples">Some of them.</param>
[GenerateSerializer, Immutable, Alias("siamese.ClassContent")]
public sealed record ClassContent(string Name, ImmutableArray<int> Images, ImmutableArray<PlaceInSplit> Examples);

/// <summary>An image of a data set.</summary>
/// <param name="Part">The split that it is in.</param>
/// <param name="Index">Its index in that split.</param>
[GenerateSerializer, Immutable, Alias("siamese.PlaceInSplit")]
public sealed record PlaceInSplit(SplitPart Part, int Index);
