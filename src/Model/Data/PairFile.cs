using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Model.Data;

/// <summary>A CSV of pairs, the article's `train.csv`: 70 % of its images are training, 15 % validation, 15 % test.</summary>
internal static class PairFile
{
    private static readonly double[] _shares = [0.70, 0.15, 0.15];

    /// <exception cref="BadInputException">A row or an image is bad, it is not said what a 1 means, or there are too few pairs.</exception>
    public static DataSet Read(string path, DataSource source, InputShape input, MovedFolder? moved, CancellationToken cancellation)
    {
        if (source.SplitBy != SplitBy.Image)
            throw new BadInputException($"{path} names pairs and no classes or groups, so it is split by image. Leave --split-by out.");
        var labelMeans = source.LabelMeans ?? throw new BadInputException(
            $"Data sets disagree on what a 1 means: add --label-means different or --label-means same for {path}. In the article's train.csv a 1 means different.");
        var table = new PairTable(path, labelMeans, moved);
        var rows = table.Read(cancellation);
        var indices = new Dictionary<string, int>();
        var files = new List<(string Path, string Name)>();
        var pairs = rows.Select(row => new ImagePair(IndexOf(row.First, row), IndexOf(row.Second, row), row.Relation)).ToArray();
        var read = ImageFiles.Read(files, input, cancellation);
        var images = new ImageSet(input, read.Pixels, [.. files.Select(_ => -1)]);
        var content = ContentHash.Of([("pairs", SHA256.HashData(File.ReadAllBytes(path))), .. read.Sha256.Select((hash, i) => ($"image {i}", hash))]);
        var parts = new PairDealing(read.Contents(), pairs).Deal(_shares, content.Seed) ?? throw new BadInputException(
            $"{path}: its {pairs.Length} pairs cannot be split so that training, validation and test share no image and each has pairs of both kinds. Add pairs, above all of the rarer kind.");
        var splits = _shares.Select((_, part) => GivenPairSplit.Take(images, pairs, parts, part)).ToArray();
        return new DataSet
        {
            Name = Path.GetFileName(path),
            Fingerprint = content.Fingerprint(source.SplitBy, labelMeans),
            Classes = [],
            Training = splits[0],
            Validation = splits[1],
            Test = splits[2],
            Remarks = [.. Remarks(table.Repeated, pairs, splits, images.Count, labelMeans)],
        };

        int IndexOf(string image, PairRow row)
        {
            if (indices.TryAdd(image, files.Count))
                files.Add((image, $"{path} row {row.Line}: {image}"));
            return indices[image];
        }
    }

    private static IEnumerable<string> Remarks(int repeated, ImagePair[] pairs, DataSplit[] splits, int images, Relation labelMeans)
    {
        if (repeated > 0)
            yield return $"Rows that repeat a pair and count once: {repeated}.";
        if (pairs.Length - splits.Sum(split => split.GivenPairs!.Length) is var lost and > 0)
            yield return $"{lost} of {pairs.Length} pairs join images of two splits and are left out: no image is in two splits.";
        if (Polarity.IsDoubtful(images, pairs))
        {
            var other = labelMeans == Relation.Same ? "different" : "same";
            yield return $"The labels contradict each other: many pairs are different whose images are the same through other pairs. Did you mean --label-means {other}?";
        }
    }
}
