using Siamese.Contracts.Data;
using Siamese.Web.Requests;

namespace Siamese.Page.Pairs;

/// <summary>A small image within a page, so that it stays beside its verdict without being stored.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Source">Its bytes in the address of a picture; null if browsers do not show such a file, or if it is not small.</param>
public sealed record ShownImage(string Name, string? Source)
{
    private const int Largest = 256 * 1024;

    private static readonly (byte[] Start, string Type)[] _types =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([.. "GIF8"u8], "image/gif"),
        ([.. "RIFF"u8], "image/webp"),
        ([.. "BM"u8], "image/bmp"),
    ];

    /// <param name="bytes">A file.</param>
    /// <param name="name">What it is called.</param>
    public static ShownImage Of(ReadOnlySpan<byte> bytes, string name)
    {
        foreach (var (start, type) in _types)
        {
            if (bytes.Length <= Largest && bytes.StartsWith(start))
                return new(name, $"data:{type};base64,{Convert.ToBase64String(bytes)}");
        }

        return new(name, null);
    }

    /// <summary>A test image.</summary>
    public static ShownImage Of(Sample sample) => Of(sample.Picture.IsDefaultOrEmpty ? sample.File.AsSpan() : sample.Picture.AsSpan(), NameOf(sample));

    /// <summary>What a test image is called.</summary>
    public static string NameOf(Sample sample) => FormattableString.Invariant($"test image {sample.Index} ({sample.Label})");

    internal static ShownImage Of(ImageDocument image) => Of(image.Data, image.Name ?? "image");
}
