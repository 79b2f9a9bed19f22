namespace Siamese.Contracts.Data;

/// <summary>An image of a data set, or the pen strokes of a drawing, before it is read.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">Its name within the data set, wherever the data set is.</param>
/// <param name="Class">Name of its class.</param>
/// <param name="Group">Name of the group of its class; null if the data has no groups.</param>
/// <param name="Part">The split that the data assigns it to; null if the data has no splits.</param>
/// <param name="IsForged">Whether it is a forgery of an image of its class, such as another hand's imitation of a signature.</param>
public sealed record FoundImage(string Path, string Name, string Class, string? Group, SplitPart? Part, bool IsForged = false)
{
    /// <summary>The file of the pen strokes that drew the image; null if the data does not have both.</summary>
    public string? Strokes { get; init; }

    /// <summary>Its row in a file of vectors, from 0; null if it is a file.</summary>
    public int? Row { get; init; }

    /// <summary>Its files.</summary>
    public IEnumerable<string> Files => Strokes is null ? [Path] : [Path, Strokes];
}

/// <summary>The images of a data set with classes, before they are read.</summary>
/// <param name="Images">Ordered training, validation, test if the data has splits.</param>
/// <param name="Remarks">Sentences for the user on how the data was read.</param>
/// <param name="LeftOut">Sentences for the user on what else is there.</param>
public sealed record FoundImages(IReadOnlyList<FoundImage> Images, IReadOnlyList<string> Remarks, IReadOnlyList<string> LeftOut)
{
    /// <summary>What the data has.</summary>
    public InputKinds Kinds { get; init; } = InputKinds.Images;

    /// <summary>All sentences for the user.</summary>
    public IEnumerable<string> Sentences => Remarks.Concat(LeftOut);
}
