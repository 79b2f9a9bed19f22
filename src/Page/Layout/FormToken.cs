using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Siamese.Page.Layout;

/// <summary>A hidden field that proves that a form is from a page of this cluster.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Value">Its value.</param>
public sealed record FormToken(string Name, string Value)
{
    internal static FormToken Of(HttpContext context, IAntiforgery antiforgery)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        return new(token.FormFieldName, token.RequestToken!);
    }
}
