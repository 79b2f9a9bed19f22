using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Files;

/// <summary>Reads image files without decoding them; a silo does that.</summary>
internal static class ImageReading
{
    /// <summary>Size of a file in bytes, with the pen strokes beside it; 0 if there is no such file.</summary>
    public static long Length(string path) =>
        !path.Contains('\0') && new FileInfo(path) is { Exists: true } file ? file.Length + (StrokesOf(path) is { } strokes ? new FileInfo(strokes).Length : 0) : 0;

    /// <summary>Reads the files of many images, in order. Those that cannot be read get a problem instead.</summary>
    /// <param name="images">The images.</param>
    /// <param name="pathOf">The path of an image.</param>
    /// <param name="read">Reads one file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<(IReadOnlyList<(T Image, ImageFile File)> Read, IReadOnlyList<(T Image, string Problem)> Unread)> ReadAll<T>(
        IEnumerable<T> images, Func<T, string> pathOf, Func<string, CancellationToken, Task<ImageFile>> read, CancellationToken cancellation)
    {
        var (all, unread) = (new List<(T, ImageFile)>(), new List<(T, string)>());
        foreach (var image in images)
        {
            try
            {
                all.Add((image, await read(pathOf(image), cancellation)));
            }
            catch (BadInputException e)
            {
                unread.Add((image, e.Message));
            }
        }

        return (all, unread);
    }

    /// <summary>The same as <see cref="Read"/>, with the pen strokes that lie beside an image under its name, which an ensemble of both kinds uses.</summary>
    /// <exception cref="BadInputException">There is no such file, or it cannot be read or is too large.</exception>
    public static async Task<ImageFile> ReadWithStrokes(string path, CancellationToken cancellation)
    {
        var image = await Read(path, cancellation);
        if (StrokesOf(path) is not { } strokes)
            return image;
        try
        {
            return image with { Strokes = await Read(strokes, cancellation) };
        }
        catch (BadInputException)
        {
            // Nobody asked for this file: the image can be judged without it.
            return image;
        }
    }

    /// <exception cref="BadInputException">There is no such file, or it cannot be read or is too large.</exception>
    public static async Task<ImageFile> Read(string path, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(path))
                throw new BadInputException($"'{path}' is a folder, not an image file.");
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new BadInputException($"There is no image file '{path}'.");
            var bytes = await Task.Run(() => RegularFile.Read(path, ImageFile.MaximumBytes), cancellation)
                ?? throw new BadInputException($"'{path}' is {RegularFile.Length(path) / (1024.0 * 1024):0.0} MB; the maximum for an image file is {ImageFile.MaximumBytes / (1024 * 1024)} MB.");
            if (bytes.Length == 0)
                throw new BadInputException($"{path} is empty. Replace it or take it out.");
            return new(path, ImmutableCollectionsMarshal.AsImmutableArray(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"The image file '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The file of pen strokes beside an image; null if there is none that could be read.</summary>
    private static string? StrokesOf(string path) =>
        DataFiles.IsImage(Path.GetFileName(path)) && InputFiles.StrokesBeside(path) is { } strokes && new FileInfo(strokes).Length <= ImageFile.MaximumBytes ? strokes : null;
}
