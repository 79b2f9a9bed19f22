using System.Security.Cryptography;
using System.Text;
using BitMiracle.LibTiff.Classic;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Inputs;
using SkiaSharp;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// Decoded images on disk, so that a large data set takes seconds the second time: one file for each data set and input
/// shape. An image is taken from there if its file still has the same path, length and time of its last change. The cache can be
/// deleted at any time; a cache that cannot be read or written is ignored.
/// </summary>
/// <param name="folder">The folder, created if it is missing. Silos on one machine may share it.</param>
/// <param name="limitBytes">Maximum size; beyond it, the data sets that were not read for the longest time are removed.</param>
/// <param name="decoder">Version of the code that decodes images; images that another version decoded are not used.</param>
/// <param name="time">The clock.</param>
public sealed class ImageCache(string folder, long limitBytes, string decoder, TimeProvider time)
{
    /// <summary>Smaller data sets are decoded in a second or so.</summary>
    public const int FewestImages = 2000;

    private const string Extension = ".images";

    /// <summary>The libraries that decode images: another version may decode to other pixels.</summary>
    private static readonly string _libraries = $"{typeof(SKBitmap).Assembly.FullName}|{typeof(Tiff).Assembly.FullName}";

    /// <summary>After this time, a file that is not complete was left behind by a silo that was killed.</summary>
    private static readonly TimeSpan _abandoned = TimeSpan.FromHours(1);

    /// <summary>The images of a data set that are cached.</summary>
    /// <param name="source">Path of the data set.</param>
    /// <param name="input">The shape of their pixels.</param>
    internal CachedImages Find(string source, InputShape input)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{source}|{input}|{decoder}|{_libraries}"))))[..32];
        var path = Path.Combine(folder, name + Extension);
        var now = time.GetUtcNow().UtcDateTime;
        var images = CachedImages.Open(path, input, now);
        if (images.Count > 0)
            Quietly(() => File.SetLastWriteTimeUtc(path, now));
        return images;
    }

    /// <summary>Replaces what is cached of a data set.</summary>
    internal void Save(CachedImages images, IReadOnlyList<CachedImage> decoded, byte[] pixels) => Quietly(() =>
    {
        Directory.CreateDirectory(folder);
        images.Replace(decoded, pixels);
        foreach (var partial in new DirectoryInfo(folder).GetFiles("*" + CachedImages.Partial).Where(file => file.LastWriteTimeUtc < time.GetUtcNow().UtcDateTime - _abandoned))
            partial.Delete();
        var all = new DirectoryInfo(folder).GetFiles("*" + Extension).OrderByDescending(file => file.LastWriteTimeUtc).ToArray();
        var used = 0L;
        foreach (var file in all)
        {
            used += file.Length;
            if (used > limitBytes)
                file.Delete();
        }
    });

    /// <summary>Without the cache, everything still works.</summary>
    private static void Quietly(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, a folder without permission, or another silo that removed the file.
        }
    }
}

/// <summary>A decoded image file.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Changed">When it was last changed: UTC ticks.</param>
/// <param name="Sha256">SHA-256 of the file as stored.</param>
/// <param name="Content">A hash of the image's pixels in its own size.</param>
/// <param name="IsComposited">Whether it was transparent.</param>
/// <param name="Size">Its size in pixels.</param>
internal sealed record CachedImage(string Path, long Length, long Changed, byte[] Sha256, UInt128 Content, bool IsComposited, ImageSize Size);
