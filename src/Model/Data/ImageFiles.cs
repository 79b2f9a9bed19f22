using System.Security.Cryptography;
using Siamese.Contracts;

namespace Siamese.Model.Data;

/// <summary>Image files, read and decoded side by side; the outcome does not depend on which came first.</summary>
/// <param name="Pixels">N·H·W bytes.</param>
/// <param name="Sha256">Of each file as stored.</param>
internal sealed record ImageFiles(byte[] Pixels, byte[][] Sha256)
{
    /// <param name="files">Where each file lies, and what to call it in messages.</param>
    /// <param name="input">The shape wanted.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="BadInputException">The first file, in the order given, that cannot be read.</exception>
    public static ImageFiles Read(IReadOnlyList<(string Path, string Name)> files, InputShape input, CancellationToken cancellation)
    {
        var pixels = PixelBuffer.Of(files.Count, input);
        var sha256 = new byte[files.Count][];
        DedicatedThreads.ForEach(files.Count, i =>
        {
            var bytes = Read(files[i].Path, files[i].Name);
            sha256[i] = SHA256.HashData(bytes);
            ImageReader.Read(bytes, files[i].Name, input).CopyTo(pixels.AsSpan(i * input.Pixels));
        }, cancellation);
        return new ImageFiles(pixels, sha256);
    }

    /// <summary>Short hashes, to find the same image under two names.</summary>
    public UInt128[] Contents() => [.. Sha256.Select(hash => ContentHash.Shortened(hash))];

    private static byte[] Read(string path, string name)
    {
        try
        {
            // Asked for first: a pipe, which has no length, would never end.
            var length = new FileInfo(path).Length;
            if (length == 0)
                throw new BadInputException($"{name} is empty. Replace it or take it out.");
            return length <= ImageLimits.MaximumFileBytes
                ? File.ReadAllBytes(path)
                : throw new BadInputException($"{name} is larger than 256 MB, which is not read. Make it smaller first.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{name} cannot be read ({error.Message}). See that the file is there and may be read, or take it out.", error);
        }
    }
}
