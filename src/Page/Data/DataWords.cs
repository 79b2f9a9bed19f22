using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;
using Siamese.Page.Layout;

namespace Siamese.Page.Data;

/// <summary>Says what a data set is.</summary>
internal static class DataWords
{
    /// <summary>The address of the page of a data set.</summary>
    public static string AddressOf(Visitor visitor, KnownDataSet data) => $"{visitor.Start}data/{Uri.EscapeDataString(data.Fingerprint)}";

    /// <summary>From what it is read.</summary>
    public static string SourceOf(DataSource? source) => source switch
    {
        null => "known when a sweep has an ensemble",
        { Manifest: not null } => "uploaded",
        { Path: not null } => "at a path of the silos",
        _ => "built in",
    };

    /// <summary>How it is split, in a sentence.</summary>
    public static string SplitOf(SplitBy split) => split switch
    {
        SplitBy.Image => "Split by image: every class is in every split, and each image in one. Copies of an image stay together.",
        SplitBy.Class => "Split by class: the classes of validation and test are never seen in training.",
        _ => "Split by group: the groups of validation and test are never seen in training.",
    };

    /// <summary>What its items are.</summary>
    public static string KindOf(InputKinds kinds) => kinds switch
    {
        InputKinds.Images => "images",
        InputKinds.Strokes => "pen strokes",
        InputKinds.Vectors => "vectors",
        _ => "images with the pen strokes that drew them",
    };

    /// <summary>`within training`, or `training and test`.</summary>
    public static string PartsOf(SplitPart first, SplitPart second) => first == second ? $"within {Words.Of(first)}" : $"{Words.Of(first)} and {Words.Of(second)}";

    /// <summary>What an image of a data set is called.</summary>
    public static string NameOf(string ofClass, PlaceInSplit place) =>
        $"{(ofClass.Length > 0 ? $"{ofClass}, " : "")}{Words.Of(place.Part)} image {Figures.Count(place.Index)}";
}
