using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Data.Readers;

/// <summary>Reads a list of pairs, such as the article's `train.csv`.</summary>
internal static class PairFile
{
    /// <exception cref="BadInputException">Rows or images are invalid, or the meaning of a 1 is not stated.</exception>
    /// <param name="list">The list.</param>
    /// <param name="source">What the user says about it.</param>
    /// <param name="reading">How its items are read.</param>
    /// <param name="vectors">The vectors whose rows it names; null if it names files.</param>
    public static PairFileContent Read(ImageList list, DataSource source, Reading reading, VectorContent? vectors = null)
    {
        if (source.SplitBy != SplitBy.Image)
            throw new BadInputException($"{list.Path} lists pairs without classes or groups, so it can only be split by image. Leave 'split-by' out.");
        var kinds = list.Kinds(source.Inputs);
        reading = vectors is null ? reading.Of(kinds) : reading with { Input = new VectorShape(vectors.Width) };
        var (rows, remarks) = new PairTable(list, source.LabelMeans, reading.SkipsUnreadable).Read(reading.Cancellation);
        var indices = new Dictionary<string, int>();
        var files = new List<ImageFileName>();
        var pairs = rows.Select(row => new ImagePair(IndexOf(row.First, row), IndexOf(row.Second, row), row.Relation)).ToArray();
        var read = vectors is null ? ImageFiles.Read(list.Path, files, reading) : VectorFile.Items(vectors, [.. files.Select(file => list.Paths.RowOf(file.Path)!.Value)], reading);
        var content = ContentHash.Of([("pairs", SHA256.HashData(File.ReadAllBytes(list.Path))), .. read.Sha256.Select((hash, i) => ($"image {i}", hash))], read.ReadAs);
        var moved = read.NewIndices(files.Count);
        pairs = [.. pairs.Where(pair => moved[pair.First] >= 0 && moved[pair.Second] >= 0)
            .Select(pair => pair with { First = moved[pair.First], Second = moved[pair.Second] })];
        return new(
            list.Path, new ImageSet(reading.Input, read.Pixels, [.. read.Kept.Select(_ => -1)]), pairs, read.Contents, content, source.LabelMeans, read.TypicalSize, kinds, [.. remarks, .. read.Remarks]);

        int IndexOf(string image, PairRow row)
        {
            if (indices.TryAdd(image, files.Count))
                files.Add(new(image, FormattableString.Invariant($"{list.Path} row {row.Line}: {image}"), kinds is InputKinds.Both ? StrokesOf(image, row) : null));
            return indices[image];
        }

        string StrokesOf(string image, PairRow row) => InputFiles.StrokesBeside(image) ?? throw new BadInputException(FormattableString.Invariant(
            $"{list.Path} row {row.Line}: there is no file of pen strokes with the name of {image} beside it. Add it, or leave out 'inputs' both."));
    }
}

/// <summary>A list of pairs as read, before splitting.</summary>
/// <param name="Path">Path of the list.</param>
/// <param name="Images">The images, each once, without a class.</param>
/// <param name="Pairs">Pairs of them, in the order of the rows.</param>
/// <param name="Contents">A hash of each image's pixels.</param>
/// <param name="Content">Hash over everything that was read.</param>
/// <param name="LabelMeans">What the user said that a 1 means; null if nothing.</param>
/// <param name="TypicalSize">Median height and width of the images in their own size.</param>
/// <param name="Kinds">What the items are there as.</param>
/// <param name="Remarks">Sentences for the user.</param>
internal sealed record PairFileContent(
    string Path, ImageSet Images, ImagePair[] Pairs, UInt128[] Contents, ContentHash Content, Relation? LabelMeans, ImageSize? TypicalSize, InputKinds Kinds, IReadOnlyList<string> Remarks);
