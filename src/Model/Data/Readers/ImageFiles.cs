using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Readers;

/// <summary>An image file to read.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">Its name in messages.</param>
internal readonly record struct ImageFileName(string Path, string Name);

/// <summary>Image files, read and decoded in parallel; the result does not depend on timing.</summary>
/// <param name="Kept">Indices of the files that could be read, ascending.</param>
/// <param name="Pixels">N·H·W bytes of the kept files.</param>
/// <param name="Sha256">SHA-256 of each kept file as stored.</param>
/// <param name="Contents">A hash of each kept image's pixels: images with equal hashes are copies, however they are encoded.</param>
/// <param name="HaveTransparent">Whether any of them is transparent.</param>
/// <param name="Remarks">Sentences for the user on the others.</param>
internal sealed record ImageFiles(
    IReadOnlyList<int> Kept, byte[] Pixels, byte[][] Sha256, UInt128[] Contents, bool HaveTransparent, IReadOnlyList<string> Remarks)
{
    /// <summary>How <see cref="ContentHash"/> names the reading of these files; null if earlier builds read them to the same pixels.</summary>
    public string? ReadAs => HaveTransparent ? "transparency on white" : null;

    /// <param name="source">What messages call all of them.</param>
    /// <param name="files">The files.</param>
    /// <param name="input">The target shape.</param>
    /// <param name="skipsUnreadable">Leaves out files that cannot be read, instead of failing.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="BadInputException">Files cannot be read; the message names the first twenty in the given order.</exception>
    public static ImageFiles Read(
        string source, IReadOnlyList<ImageFileName> files, InputShape input, bool skipsUnreadable, CancellationToken cancellation)
    {
        var pixels = PixelBuffer.Of(files.Count, input);
        var (sha256, contents, problems) = (new byte[files.Count][], new UInt128[files.Count], new BadInputException?[files.Count]);
        var haveTransparent = false;
        DedicatedThreads.ForEach(files.Count, i =>
        {
            try
            {
                var bytes = Read(files[i]);
                sha256[i] = SHA256.HashData(bytes);
                var image = ImageReader.Decode(bytes, files[i].Name);
                contents[i] = image.Content();
                if (image.IsComposited)
                    Volatile.Write(ref haveTransparent, true);
                ImageReader.Fit(image, files[i].Name, input).CopyTo(pixels.AsSpan(i * input.Pixels));
            }
            catch (BadInputException problem)
            {
                problems[i] = problem;
            }
        }, cancellation);
        var unreadable = new Problems();
        foreach (var problem in problems.OfType<BadInputException>())
            unreadable.Add(problem.Message);
        if (unreadable.Count == 0)
            return new([.. Enumerable.Range(0, files.Count)], pixels, sha256, contents, haveTransparent, []);
        if (!skipsUnreadable)
            throw new BadInputException(unreadable.Count == 1 ? unreadable.Message(source) : $"{unreadable.Message(source)}\nReplace these files, or add 'skip-unreadable' to leave them out.");
        int[] kept = [.. Enumerable.Range(0, files.Count).Where(i => problems[i] is null)];
        return new(
            kept, new ImageSet(input, pixels, new int[files.Count]).Select(kept).Pixels, [.. kept.Select(i => sha256[i])], [.. kept.Select(i => contents[i])], haveTransparent,
            [unreadable.Message($"{source}, whose unreadable files were left out,")]);
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

    private static byte[] Read(ImageFileName file)
    {
        try
        {
            // Checked first: a pipe has no length, and reading it would never end.
            var length = new FileInfo(file.Path).Length;
            if (length == 0)
                throw new BadInputException($"{file.Name} is empty. Replace it or take it out.");
            return length <= ImageLimits.MaximumFileBytes
                ? File.ReadAllBytes(file.Path)
                : throw new BadInputException($"{file.Name} is larger than the maximum of 256 MB. Make it smaller first.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file.Name} cannot be read ({error.Message}). Check that the file exists and is readable, or take it out.", error);
        }
    }
}
