using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>Reads forms that pages of this cluster send.</summary>
internal static class Forms
{
    private const int MaximumBody = 10_000;

    /// <param name="maximumBytes">The largest form that is read.</param>
    /// <exception cref="ProblemException">The form is not from a page of this cluster, or too large.</exception>
    public static async Task<IFormCollection> Read(HttpContext context, IAntiforgery antiforgery, long maximumBytes = MaximumBody)
    {
        if (!context.Request.HasFormContentType)
            throw new ProblemException(ProblemKind.WrongMediaType, "Send a form, as the page does; programs send their keys in the header 'Authorization'.");
        if (context.Request.ContentLength is not { } length || length > maximumBytes)
            throw new ProblemException(ProblemKind.TooLarge, FormattableString.Invariant($"The form must have at most {maximumBytes:#,0} bytes."));
        context.Request.Limit(maximumBytes);
        try
        {
            if (!await antiforgery.IsRequestValidAsync(context))
                throw new ProblemException(ProblemKind.NotAllowed, "The form is not from a page of this cluster, or is too old; load the page again.");
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is AntiforgeryValidationException or InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new ProblemException(ProblemKind.Malformed, "The form cannot be read; send one as the page does.");
        }
    }
}
