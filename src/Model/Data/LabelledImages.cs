namespace Siamese.Model.Data;

/// <summary>Images with a class each, as a reader found them and before they are split.</summary>
internal sealed record LabelledImages
{
    /// <summary>What messages call the data: the path that the user gave, or `mnist-mini`.</summary>
    public required string Source { get; init; }

    /// <summary>Every image; a label is an index into <see cref="Classes"/>.</summary>
    public required ImageSet Images { get; init; }

    /// <summary>Names of the classes, ordinal order.</summary>
    public required string[] Classes { get; init; }

    /// <summary>Name of the group of each class; null where the data has no groups.</summary>
    public string[]? GroupOfClass { get; init; }

    /// <summary>A hash of each image's stored bytes: two images with the same one are the same image twice.</summary>
    public required UInt128[] Contents { get; init; }

    /// <summary>Hash over everything that was read.</summary>
    public required ContentHash Content { get; init; }

    /// <summary>What the data itself says of its splits; null where it says nothing.</summary>
    public GivenSplit? Given { get; init; }

    /// <summary>Who drew each image, a number; null where the data does not say.</summary>
    public int[]? Drawers { get; init; }

    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The images of each class, in order; empty for a class that has none.</summary>
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
