using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Readers;

namespace Siamese.Model.Data.Splits;

/// <summary>Splits the images of a CSV of pairs: 70 % training, 15 % validation, 15 % test.</summary>
internal static class PairFileSplit
{
    private static readonly double[] _shares = [0.70, 0.15, 0.15];

    /// <exception cref="BadInputException">There are too few pairs.</exception>
    public static DataSet Of(PairFileContent listed)
    {
        var parts = Deal(listed);
        var whole = new DataSplit(listed.Images, listed.Pairs);
        var splits = _shares.Select((_, part) => GivenPairSplit.Take(whole, parts, part)).ToArray();
        return new DataSet
        {
            Name = Path.GetFileName(listed.Path),
            Fingerprint = listed.Content.Fingerprint(SplitBy.Image, listed.LabelMeans),
            Kinds = listed.Kinds,
            Classes = [],
            Training = splits[0],
            Validation = splits[1],
            Test = splits[2],
            TypicalSize = listed.TypicalSize,
            Remarks = [.. Lost(listed, splits), .. Remarks(listed)],
        };
    }

    /// <summary>The test images of the data set.</summary>
    /// <exception cref="BadInputException">There are too few pairs.</exception>
    public static int[] TestImages(PairFileContent listed)
    {
        var parts = Deal(listed);
        return [.. Enumerable.Range(0, parts.Length).Where(image => parts[image] == _shares.Length - 1)];
    }

    /// <summary>Remarks on the rows, for the user.</summary>
    public static IEnumerable<string> Remarks(PairFileContent listed)
    {
        foreach (var remark in listed.Remarks)
            yield return remark;
        if (Polarity.IsDoubtful(listed.Images.Count, listed.Pairs))
        {
            yield return "The labels contradict each other: many pairs are labelled different although other pairs make their images the same."
                + (listed.LabelMeans is { } means ? $" Did you mean 'label-means' {(means == Relation.Same ? "different" : "same")}?" : "");
        }
    }

    private static int[] Deal(PairFileContent listed) => new PairDealing(listed.Contents, listed.Pairs).Deal(_shares, listed.Content.Seed)
        ?? throw new BadInputException(
            $"{listed.Path}: its {listed.Pairs.Length} pairs cannot be split so that training, validation and test share no images and each has pairs of both kinds. Add pairs, especially of the rarer kind.");

    private static IEnumerable<string> Lost(PairFileContent listed, DataSplit[] splits)
    {
        if (listed.Pairs.Length - splits.Sum(split => split.GivenPairs!.Length) is var lost and > 0)
            yield return $"{lost} of {listed.Pairs.Length} pairs are left out because their images are in different splits, which share no images.";
    }
}
