using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>Reads a body that is one image, or the pen strokes of a drawing.</summary>
internal static class ImageBody
{
    /// <param name="request">The request.</param>
    /// <param name="name">What to call the image in messages.</param>
    /// <exception cref="ProblemException">It is too large.</exception>
    /// <exception cref="BadInputException">It is empty.</exception>
    public static async Task<ImageFile> ReadImage(this HttpRequest request, string name)
    {
        request.Limit(ImageFile.MaximumBytes);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.Length > 0 ? new ImageFile(name, ImmutableArray.Create(body.ToArray())) : throw new BadInputException("The body is empty; send the bytes of an image.");
    }
}
