using Siamese.Contracts.KnownData;
using Siamese.Page.Layout;

namespace Siamese.Page.Data;

/// <summary>What the list of data sets shows.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Known">The data sets of this page of the list, and the uploads that nobody uses.</param>
/// <param name="InAll">Number of data sets on all pages.</param>
/// <param name="Page">Number of this page, from 1.</param>
/// <param name="Pages">Number of pages.</param>
/// <param name="Now">The time.</param>
public sealed record DataListModel(Visitor Visitor, KnownDataSets Known, int InAll, int Page, int Pages, DateTimeOffset Now);

/// <summary>What the page of a data set shows.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Details">What is known of it so far.</param>
/// <param name="Page">Which page of its classes, from 1.</param>
/// <param name="Pages">Number of pages.</param>
/// <param name="Now">The time.</param>
public sealed record DataModel(Visitor Visitor, DataSetDetails Details, int Page, int Pages, DateTimeOffset Now)
{
    /// <summary>The address of its page.</summary>
    public string Address => DataWords.AddressOf(Visitor, Details.Known);

    /// <summary>Whether more is about to be known.</summary>
    public bool IsIncomplete => Details is { Known.Source: null } or { Content: null } or { LookAlikes: null };

    /// <summary>The address of a picture; null if the visitor may not see pictures.</summary>
    public string? PictureOf(PlaceInSplit place) => Visitor.Role >= Siamese.Contracts.Access.Role.Train
        ? FormattableString.Invariant($"{Address}/pictures/{Siamese.Contracts.Tuning.Words.Of(place.Part)}/{place.Index}.png")
        : null;
}
