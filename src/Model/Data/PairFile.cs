using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;

namespace Siamese.Model.Data;

/// <summary>A CSV of pairs, such as the article's `train.csv`: 70 % of its images are training, 15 % validation, 15 % test.</summary>
internal static class PairFile
{
    private static readonly double[] _shares = [0.70, 0.15, 0.15];

    /// <exception cref="BadInputException">There are too few pairs.</exception>
    public static DataSet Split(PairFileContent listed)
    {
        var parts = Deal(listed);
        var splits = _shares.Select((_, part) => GivenPairSplit.Take(listed.Images, listed.Pairs, parts, part)).ToArray();
        return new DataSet
        {
            Name = Path.GetFileName(listed.Path),
            Fingerprint = listed.Content.Fingerprint(SplitBy.Image, listed.LabelMeans),
            Classes = [],
            Training = splits[0],
            Validation = splits[1],
            Test = splits[2],
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

    /// <exception cref="BadInputException">A row or an image is invalid, or the meaning of a 1 is not stated.</exception>
    public static PairFileContent Read(string path, DataSource source, InputShape input, MovedFolder? moved, CancellationToken cancellation)
    {
        if (source.SplitBy != SplitBy.Image)
            throw new BadInputException($"{path} lists pairs without classes or groups, so it can only be split by image. Leave --split-by out.");
        var table = new PairTable(path, source.LabelMeans, moved);
        var rows = table.Read(cancellation);
        var indices = new Dictionary<string, int>();
        var files = new List<(string Path, string Name)>();
        var pairs = rows.Select(row => new ImagePair(IndexOf(row.First, row), IndexOf(row.Second, row), row.Relation)).ToArray();
        var read = ImageFiles.Read(files, input, cancellation);
        var content = ContentHash.Of([("pairs", SHA256.HashData(File.ReadAllBytes(path))), .. read.Sha256.Select((hash, i) => ($"image {i}", hash))]);
        return new(path, new ImageSet(input, read.Pixels, [.. files.Select(_ => -1)]), pairs, read.Contents(), content, source.LabelMeans, table.Repeated);

        int IndexOf(string image, PairRow row)
        {
            if (indices.TryAdd(image, files.Count))
                files.Add((image, $"{path} row {row.Line}: {image}"));
            return indices[image];
        }
    }

    /// <summary>Remarks on the rows, for the user.</summary>
    public static IEnumerable<string> Remarks(PairFileContent listed)
    {
        if (listed.Repeated > 0)
            yield return $"Rows ignored because they repeat an earlier pair: {listed.Repeated}.";
        if (Polarity.IsDoubtful(listed.Images.Count, listed.Pairs))
        {
            yield return "The labels contradict each other: many pairs are labelled different although other pairs make their images the same."
                + (listed.LabelMeans is { } means ? $" Did you mean --label-means {(means == Relation.Same ? "different" : "same")}?" : "");
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
