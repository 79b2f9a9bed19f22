using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Vectors;

namespace Siamese.Model.Data.Readers;

/// <summary>Reads a file of vectors with their classes.</summary>
internal static class VectorFile
{
    /// <exception cref="BadInputException">It is not such a file, its vectors have another width than is wanted, or there are too few classes.</exception>
    public static LabelledImages Read(string path, Reading reading)
    {
        reading = reading.Of(InputKinds.Vectors);
        var content = ReadContent(path, reading);
        return Read(path, new FoundImages(Find(path, content), [], []) { Kinds = InputKinds.Vectors }, content, reading);
    }

    /// <summary>Reads the vectors that a list names, with what the list says about them.</summary>
    /// <param name="list">A list of images.</param>
    /// <param name="found">What it names.</param>
    /// <param name="content">The vectors.</param>
    /// <param name="reading">How they are read.</param>
    /// <exception cref="BadInputException">There are too few classes.</exception>
    public static LabelledImages Read(string list, FoundImages found, VectorContent content, Reading reading) =>
        LabelledFiles.Read(list, found, reading with { Input = new VectorShape(content.Width) }, rows => Items(content, [.. rows.Select(row => row.Row!.Value)], reading));

    /// <summary>The vectors, once there is memory for them.</summary>
    /// <exception cref="BadInputException">It is not such a file, or its vectors have another width than is wanted.</exception>
    public static VectorContent ReadContent(string path, Reading reading)
    {
        return VectorReader.Read(path, Memory);

        byte[] Memory(long count, long width, long stored)
        {
            if (reading.Input is VectorShape { Width: > 0 } wanted && wanted.Width != width)
                throw new BadInputException(FormattableString.Invariant($"{path} has vectors of {width} numbers, and {wanted.Width} are needed. Give features of the network that the others came from."));
            var shape = new VectorShape((int)width);
            reading.Aids.Count?.Begin((int)count);
            reading.Reserve((int)count, shape, stored);
            return PixelBuffer.Of((int)count, shape);
        }
    }

    /// <summary>The vectors of some rows as if they were files.</summary>
    public static ImageFiles Items(VectorContent content, IReadOnlyList<int> indices, Reading reading)
    {
        var shape = new VectorShape(content.Width);
        var areAll = indices.Count == content.Count && indices.Index().All(pair => pair.Index == pair.Item);
        var values = areAll ? content.Values : ImageSet.Pick(content.Values, shape, indices);
        var hashes = new byte[indices.Count][];
        DedicatedThreads.ForEach(hashes.Length, i =>
        {
            hashes[i] = SHA256.HashData(values.AsSpan(i * shape.Bytes, shape.Bytes));
            reading.Aids.Count?.Add();
        }, reading.Cancellation);
        return new([.. Enumerable.Range(0, indices.Count)], values, hashes, Array.ConvertAll(hashes, ContentHash.Shortened), HaveTransparent: false, TypicalSize: null, []);
    }

    /// <summary>The rows with their classes, in the order of their splits.</summary>
    private static FoundImage[] Find(string path, VectorContent content)
    {
        var columns = content.Columns;
        if (columns.Classes is null && columns.Ids is null)
        {
            throw new BadInputException(
                $"{path} has vectors, but nothing says what their classes are. {HowToLabel(path)}");
        }

        var folders = columns.Classes is null ? IdFolders.Read(path, columns.Ids!) : null;
        var parts = Array.ConvertAll(columns.Splits ?? [], name => PartNames.Of(name)
            ?? throw new BadInputException($"{path} has the split '{PlainText.Of(name)}'. A split must be train, val or test."));
        var found = new FoundImage[content.Count];
        for (var row = 0; row < found.Length; row++)
        {
            var ofClass = columns.Classes?[row] ?? folders![row].Class;
            if (ofClass.Length == 0)
                throw new BadInputException(FormattableString.Invariant($"{path} has no class in row {row}, counted from 0. Label it, or take the row out."));
            var name = columns.Ids?[row] ?? FormattableString.Invariant($"{row}");
            found[row] = new(
                columns.Ids?[row] ?? FormattableString.Invariant($"row {row}"),
                name,
                ofClass,
                columns.Groups?[row] ?? folders?[row].Group,
                parts.Length > 0 ? parts[row] : folders?[row].Part)
            { Row = row };
        }

        return [.. found.OrderBy(row => row.Part)];
    }

    private static string HowToLabel(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".npy" => $"Write a label for each row to {Path.ChangeExtension(path, ".labels.txt")} or {Path.GetFileName(Path.ChangeExtension(path, ".labels.npy"))}, or the paths of images in class folders to {Path.GetFileName(Path.ChangeExtension(path, ".ids.txt"))}.",
        ".npz" => "Add an array 'labels' of integers or text with one for each vector.",
        ".safetensors" => "Add a tensor 'labels' of I64, or 'labels' as a JSON array to its metadata.",
        _ => "Name the column of classes 'label' in the header.",
    };
}
