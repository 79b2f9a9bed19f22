using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;

namespace Siamese.Web.Requests;

/// <summary>An image, or the pen strokes of a drawing, as a file in base64.</summary>
/// <param name="Data">The bytes of the file: PNG, JPEG and others, or pen strokes as CSV or JSON.</param>
/// <param name="Name">What to call it in messages.</param>
/// <param name="Strokes">The bytes of a file with the pen strokes that drew the image, for ensembles that take both.</param>
internal sealed record ImageDocument(byte[] Data, string? Name = null, byte[]? Strokes = null)
{
    /// <summary>The file, whose bytes must not change any more.</summary>
    /// <param name="name">What to call it if it has no name.</param>
    public ImageFile File(string name)
    {
        var shown = PlainText.Of(Name ?? name);
        return new(shown, ImmutableCollectionsMarshal.AsImmutableArray(Data))
        {
            Strokes = Strokes is null ? null : new ImageFile($"{shown} (strokes)", ImmutableCollectionsMarshal.AsImmutableArray(Strokes)),
        };
    }
}
