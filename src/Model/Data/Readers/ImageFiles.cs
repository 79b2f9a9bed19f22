using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Model.Data.Images;
using Siamese.Model.Losses;

namespace Siamese.Model.Data.Readers;

/// <summary>Image files, read and decoded in parallel; the result does not depend on timing.</summary>
/// <param name="Pixels">N·H·W bytes.</param>
/// <param name="Sha256">SHA-256 of each file as stored.</param>
internal sealed record ImageFiles(byte[] Pixels, byte[][] Sha256)
{
    /// <param name="files">Path of each file, and its name in messages.</param>
    /// <param name="input">The target shape.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="BadInputException">A file cannot be read; the message names the first one in the given order.</exception>
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
            // Checked first: a pipe has no length, and reading it would never end.
            var length = new FileInfo(path).Length;
            if (length == 0)
                throw new BadInputException($"{name} is empty. Replace it or take it out.");
            return length <= ImageLimits.MaximumFileBytes
                ? File.ReadAllBytes(path)
                : throw new BadInputException($"{name} is larger than the maximum of 256 MB. Make it smaller first.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{name} cannot be read ({error.Message}). Check that the file exists and is readable, or take it out.", error);
        }
    }
}
