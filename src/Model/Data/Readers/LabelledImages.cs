using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Readers;

/// <summary>Images and their classes, as read and before splitting.</summary>
internal sealed record LabelledImages
{
    /// <summary>What messages call the data: the path that the user gave, or `mnist-mini`.</summary>
    public required string Source { get; init; }

    /// <summary>Every image; a label is an index into <see cref="Classes"/>.</summary>
    public required ImageSet Images { get; init; }

    /// <summary>Names of the classes, in the order of their labels.</summary>
    public required string[] Classes { get; init; }

    /// <summary>Name of the group of each class; null if the data has no groups.</summary>
    public string[]? GroupOfClass { get; init; }

    /// <summary>A hash of each image's stored bytes: images with equal hashes are copies.</summary>
    public required UInt128[] Contents { get; init; }

    /// <summary>The file of each image; null if the images are not in files of their own.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>Whether each image is a forgery of an image of its class; null if none is.</summary>
    public bool[]? Forged { get; init; }

    /// <summary>What messages call an image.</summary>
    public string NameOf(int index) => Files?[index] ?? $"image {index + 1} of {Source}";

    /// <summary>Hash over everything that was read.</summary>
    public required ContentHash Content { get; init; }

    /// <summary>The splits that the data defines; null if it defines none.</summary>
    public GivenSplit? Given { get; init; }

    /// <summary>What its items are there as.</summary>
    public InputKinds Kinds { get; init; } = InputKinds.Images;

    /// <summary>Median height and width of the images in their own size; null if unknown.</summary>
    public ImageSize? TypicalSize { get; init; }

    /// <summary>Number of the person who drew each image; null if unknown.</summary>
    public int[]? Drawers { get; init; }

    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The images of each class, in order, genuine and forged ones apart.</summary>
    public IEnumerable<List<int>> ByClassAndKind() => Forged is not { } forged
        ? ByClass()
        : ByClass().SelectMany(images => images.GroupBy(image => forged[image]).OrderBy(kind => kind.Key).Select(kind => kind.ToList()));

    /// <summary>The images of each class, in order; empty for a class without images.</summary>
    public List<int>[] ByClass()
    {
        var byClass = new List<int>[Classes.Length];
        for (var label = 0; label < byClass.Length; label++)
            byClass[label] = [];
        for (var i = 0; i < Images.Count; i++)
            byClass[Images.Labels[i]].Add(i);
        return byClass;
    }
}

/// <summary>Splits that the data defines: images are ordered training, validation, test.</summary>
/// <param name="ValidationFrom">Index of the first validation image; equal to <paramref name="TestFrom"/> if validation images are to be taken from training.</param>
/// <param name="TestFrom">Index of the first test image.</param>
internal sealed record GivenSplit(int ValidationFrom, int TestFrom);
