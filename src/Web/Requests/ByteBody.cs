using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>Reads bodies of any media type.</summary>
internal static class ByteBody
{
    /// <summary>Reads a body that is one image, or the pen strokes of a drawing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">What to call the image in messages.</param>
    /// <exception cref="ProblemException">It is too large.</exception>
    /// <exception cref="BadInputException">It is empty.</exception>
    public static async Task<ImageFile> ReadImage(this HttpRequest request, string name) => new(name, await ReadBytes(request, ImageFile.MaximumBytes, "the bytes of an image"));

    /// <summary>Reads a body that the address names by its SHA-256.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sha256">The SHA-256.</param>
    /// <param name="maximumBytes">The largest body that is read.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="ProblemException">It is too large.</exception>
    /// <exception cref="BadInputException">It is empty, or another body.</exception>
    public static async Task<ImmutableArray<byte>> ReadHashed(this HttpRequest request, string sha256, int maximumBytes, string what)
    {
        var bytes = await ReadBytes(request, maximumBytes, what);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan()));
        BadInputException.ThrowUnless(hash == sha256, $"The body has the SHA-256 {hash}, not '{PlainText.Of(sha256)}' as the address says; send it again.");
        return bytes;
    }

    private static async Task<ImmutableArray<byte>> ReadBytes(HttpRequest request, int maximumBytes, string what)
    {
        request.Limit(maximumBytes);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.Length > 0 ? ImmutableCollectionsMarshal.AsImmutableArray(body.ToArray()) : throw new BadInputException($"The body is empty; send {what}.");
    }
}
