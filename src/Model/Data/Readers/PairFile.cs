using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Readers;

/// <summary>Reads a CSV of pairs, such as the article's `train.csv`.</summary>
internal static class PairFile
{
    /// <exception cref="BadInputException">A row or an image is invalid, or the meaning of a 1 is not stated.</exception>
    public static PairFileContent Read(string path, DataSource source, InputShape input, MovedFolder? moved, CancellationToken cancellation)
    {
        if (source.SplitBy != SplitBy.Image)
            throw new BadInputException($"{path} lists pairs without classes or groups, so it can only be split by image. Leave 'split-by' out.");
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
}

/// <summary>A CSV of pairs as read, before splitting.</summary>
/// <param name="Path">Path of the CSV.</param>
/// <param name="Images">The images, each once, without a class.</param>
/// <param name="Pairs">Pairs of them, in the order of the rows.</param>
/// <param name="Contents">A hash of each image's file.</param>
/// <param name="Content">Hash over everything that was read.</param>
/// <param name="LabelMeans">What a 1 means; null if not stated.</param>
/// <param name="Repeated">Number of rows that repeat an earlier row.</param>
internal sealed record PairFileContent(
    string Path, ImageSet Images, ImagePair[] Pairs, UInt128[] Contents, ContentHash Content, Relation? LabelMeans, int Repeated);
