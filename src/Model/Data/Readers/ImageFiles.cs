using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;

namespace Siamese.Model.Data.Readers;

/// <summary>A file to read: an image or pen strokes.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">Its name in messages.</param>
/// <param name="Strokes">Full path of the pen strokes that drew the image, which are read too; null without any.</param>
internal readonly record struct ImageFileName(string Path, string Name, string? Strokes = null);

/// <summary>Files of images or pen strokes, read and decoded in parallel; the result does not depend on timing.</summary>
/// <param name="Kept">Indices of the files that could be read, ascending.</param>
/// <param name="Pixels">The kept files in the wanted shape, one after the other.</param>
/// <param name="Sha256">SHA-256 of each kept file as stored.</param>
/// <param name="Contents">A hash of each kept image's pixels: images with equal hashes are copies, however they are encoded.</param>
/// <param name="HaveTransparent">Whether any of them is transparent.</param>
/// <param name="TypicalSize">The medians of their heights and widths; null if there are none.</param>
/// <param name="Remarks">Sentences for the user on the others.</param>
internal sealed record ImageFiles(
    IReadOnlyList<int> Kept, byte[] Pixels, byte[][] Sha256, UInt128[] Contents, bool HaveTransparent, ImageSize? TypicalSize, IReadOnlyList<string> Remarks)
{
    /// <summary>What <see cref="ContentHash"/> says on how these files are read; null if they are read as in earlier builds.</summary>
    public IEnumerable<string?> ReadAs => [HaveTransparent ? "transparency on white" : null, HaveReencodedCopies ? "copies by pixels" : null];

    /// <summary>Whether images have equal pixels in files that differ; splits keep them together, unlike in earlier builds.</summary>
    private bool HaveReencodedCopies => Contents.Distinct().Count() < Sha256.Select(ContentHash.Shortened).Distinct().Count();

    /// <param name="source">What messages call all of them, and the cache.</param>
    /// <param name="files">The files.</param>
    /// <param name="reading">How they are read.</param>
    /// <exception cref="BadInputException">Files cannot be read; the message names the first twenty in the given order.</exception>
    public static ImageFiles Read(string source, IReadOnlyList<ImageFileName> files, Reading reading)
    {
        var input = reading.Input;
        var cache = files.Count >= ImageCache.FewestImages && files[0].Strokes is null && input is not BackboneShape ? reading.Aids.Cache : null;
        reading.Aids.Count?.Begin(files.Count);
        reading.Reserve(files.Count, input);
        var (images, problems) = (new CachedImage?[files.Count], new BadInputException?[files.Count]);
        using var cached = cache?.Find(source, input);
        var decoded = 0;
        var pixels = ItemBuffer.Read(files.Count, reading, ReadOne);
        var unreadable = new Problems();
        foreach (var problem in problems.OfType<BadInputException>())
            unreadable.Add(problem.Message);
        if (unreadable.Count > 0 && !reading.SkipsUnreadable)
            throw new BadInputException(unreadable.Count == 1 ? unreadable.Message(source) : $"{unreadable.Message(source)}\nReplace these files, or add 'skip-unreadable' to leave them out.");
        int[] kept = [.. Enumerable.Range(0, files.Count).Where(i => problems[i] is null)];
        CachedImage[] read = [.. images.OfType<CachedImage>()];
        if (unreadable.Count > 0)
            pixels = ImageSet.Pick(pixels, input, kept);
        if (cache is not null && decoded > 0)
            cache.Save(cached!, read, pixels);
        return new(
            kept, pixels, Array.ConvertAll(read, image => image.Sha256), Array.ConvertAll(read, image => image.Content), Array.Exists(read, image => image.IsComposited), Typical(read),
            [.. unreadable.Report(source, isLeftOut: true, "whose unreadable files were left out")]);

        bool ReadOne(int i, InputShape shape, Span<byte> its)
        {
            try
            {
                var file = Existing(files[i]);
                var image = files[i].Strokes is null ? cached?.Read(file, its) : null;
                if (image is null)
                {
                    image = Decode(file, files[i], shape, its);
                    Interlocked.Increment(ref decoded);
                }

                images[i] = image;
            }
            catch (BadInputException problem)
            {
                problems[i] = problem;
            }

            reading.Aids.Count?.Add();
            return problems[i] is null;
        }
    }

    /// <summary>The index of each of the given files among the kept ones; -1 for one that was not kept.</summary>
    /// <param name="count">Number of given files.</param>
    public int[] NewIndices(int count)
    {
        var indices = new int[count];
        Array.Fill(indices, -1);
        for (var i = 0; i < Kept.Count; i++)
            indices[Kept[i]] = i;
        return indices;
    }

    private static ImageSize? Typical(CachedImage[] images)
    {
        return images.Length == 0 || images[0].Size == default ? null : new(Median(size => size.Rows), Median(size => size.Columns));

        int Median(Func<ImageSize, int> side) => images.Select(image => side(image.Size)).Order().ElementAt(images.Length / 2);
    }

    /// <exception cref="BadInputException">The file is missing, empty or too large.</exception>
    private static FileInfo Existing(ImageFileName file)
    {
        try
        {
            var info = new FileInfo(file.Path);
            // Checked first: a pipe has no length, and reading it would never end.
            if (info.Length == 0)
                throw new BadInputException($"{file.Name} is empty. Replace it or take it out.");
            return info.Length <= ImageLimits.MaximumFileBytes ? info : throw new BadInputException($"{file.Name} is larger than the maximum of 256 MB. Make it smaller first.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file.Name, error);
        }
    }

    private static CachedImage Decode(FileInfo file, ImageFileName named, InputShape input, Span<byte> pixels)
    {
        var (bytes, name) = (Bytes(file, named.Name), named.Name);
        if (named.Strokes is null)
        {
            var only = ItemReader.Decode(bytes, name, input);
            only.Bytes.CopyTo(pixels);
            return new(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, SHA256.HashData(bytes), only.Content, only.IsComposited, only.Size ?? default);
        }

        // Both are read whichever is wanted, so that the same items are kept for every encoder.
        var strokes = Bytes(Existing(named with { Path = named.Strokes, Name = named.Strokes }), named.Strokes);
        var image = ItemReader.Decode(bytes, name, input as ImageShape ?? ImageShape.Digits);
        var path = ItemReader.Decode(strokes, named.Strokes, input as StrokeShape ?? StrokeShape.Usual);
        (input is ImageShape ? image : path).Bytes.CopyTo(pixels);
        return new(
            file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, SHA256.HashData([.. SHA256.HashData(bytes), .. SHA256.HashData(strokes)]),
            image.Content ^ UInt128.RotateLeft(path.Content, 1), image.IsComposited, image.Size!.Value);
    }

    private static byte[] Bytes(FileInfo file, string name)
    {
        try
        {
            return RegularFile.Read(file.FullName, Array.MaxLength - 1) ?? throw new BadInputException($"{name} is larger than 2 GB; take it out.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, error);
        }
    }

    private static BadInputException Unreadable(string name, Exception error) =>
        new($"{name} cannot be read ({error.Message}). Check that the file exists and is readable, or take it out.", error);
}
