using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Data;

/// <summary>All images of a data set, with everything known about them, to evaluate an ensemble on.</summary>
public sealed record WholeData
{
    private readonly Func<SplitBy, int[]> _testImages;
    private readonly ContentHash _content;

    private WholeData(ContentHash content, Func<SplitBy, int[]> testImages) => (_content, _testImages) = (content, testImages);

    /// <summary>`mnist-mini`, or the name of the folder or file.</summary>
    public required string Name { get; init; }

    public required ImageSet Images { get; init; }

    /// <summary>What its items are there as.</summary>
    public InputKinds Kinds { get; init; } = InputKinds.Images;

    /// <summary>Names of the classes; empty if unknown (a CSV of pairs).</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The group of each class, a number from 0; null if the data has no groups.</summary>
    public int[]? GroupOfClass { get; private init; }

    /// <summary>Number of the person who drew each image; null if unknown.</summary>
    public int[]? Drawers { get; private init; }

    /// <summary>Whether each image is a forgery of an image of its class; null if none is.</summary>
    public bool[]? Forged { get; private init; }

    /// <summary>The known pairs if the data is a CSV of pairs; otherwise null.</summary>
    public ImagePair[]? GivenPairs { get; private init; }

    /// <summary>Whether the data itself defines its test images.</summary>
    public bool BringsTest { get; private init; }

    /// <summary>Sentences for the user.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The split under which this content has the fingerprint; null if there is none.</summary>
    public SplitBy? SplitOf(string fingerprint)
    {
        foreach (var splitBy in Enum.GetValues<SplitBy>())
        {
            foreach (var labelMeans in new Relation?[] { null, Relation.Same, Relation.Different })
            {
                if (_content.Fingerprint(splitBy, labelMeans) == fingerprint)
                    return splitBy;
            }
        }

        return null;
    }

    /// <summary>The test images under this split.</summary>
    /// <exception cref="Contracts.BadInputException">The data cannot be split this way.</exception>
    public int[] TestImages(SplitBy splitBy) => _testImages(splitBy);

    internal static WholeData Of(LabelledImages data, string name)
    {
        var groups = data.GroupOfClass?.Distinct().Order(StringComparer.Ordinal).ToArray();
        return new(data.Content, splitBy => Splitting.TestImages(data, splitBy))
        {
            Name = name,
            Images = data.Images,
            Kinds = data.Kinds,
            Classes = data.Classes,
            GroupOfClass = groups is null ? null : Array.ConvertAll(data.GroupOfClass!, group => Array.BinarySearch(groups, group, StringComparer.Ordinal)),
            Forged = data.Forged,
            Drawers = data.Drawers,
            BringsTest = data.Given is not null,
            Remarks = data.Remarks,
        };
    }

    internal static WholeData Of(PairFileContent listed) => new(listed.Content, _ => PairFileSplit.TestImages(listed))
    {
        Name = Path.GetFileName(listed.Path),
        Images = listed.Images,
        Kinds = listed.Kinds,
        Classes = [],
        GivenPairs = listed.Pairs,
        Remarks = [.. PairFileSplit.Remarks(listed)],
    };
}
