using System.Collections.Immutable;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.KnownData;

/// <summary>
/// Images of a data set that look nearly like others. Candidates differ in at most one of the 64 cells of an 8×8 grid as to
/// whether it is lighter than the mean (the average hash). Of these, images count whose pixels differ by at most 2 % of what
/// they differ from a plain surface, both at 28×28 grey pixels. This finds most of them, not all.
/// </summary>
/// <param name="Compared">Number of images that were compared: the first ones of each split if the data has more than that take.</param>
/// <param name="Images">Number of images in the data set.</param>
/// <param name="Counts">For each two splits, the number of images that look like another one.</param>
/// <param name="Examples">Some of them, those in two splits first.</param>
[GenerateSerializer, Immutable, Alias("siamese.LookAlikes")]
public sealed record LookAlikes(int Compared, int Images, ImmutableArray<LookAlikeCount> Counts, ImmutableArray<LookAlike> Examples)
{
    /// <summary>Why nothing was compared; null if something was.</summary>
    [Id(0)] public string? WhyNot { get; init; }
}

/// <summary>How many images look nearly like others.</summary>
/// <param name="First">The split of the others.</param>
/// <param name="Second">The split of the images; the same or a later one.</param>
/// <param name="Images">Number of images of the second split that look like one of the first.</param>
[GenerateSerializer, Immutable, Alias("siamese.LookAlikeCount")]
public sealed record LookAlikeCount(SplitPart First, SplitPart Second, int Images);

/// <summary>Two images that look nearly alike.</summary>
/// <param name="First">One of them.</param>
/// <param name="FirstClass">Its class.</param>
/// <param name="Second">The other one.</param>
/// <param name="SecondClass">Its class.</param>
/// <param name="Difference">Difference of their pixels, as a share of how much the second differs from a plain surface.</param>
[GenerateSerializer, Immutable, Alias("siamese.LookAlike")]
public sealed record LookAlike(PlaceInSplit First, string FirstClass, PlaceInSplit Second, string SecondClass, double Difference);
