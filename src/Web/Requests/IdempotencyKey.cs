using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Siamese.Contracts;
using Siamese.Web.Access;

namespace Siamese.Web.Requests;

/// <summary>
/// The header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): whoever repeats a request with the same key creates
/// nothing for the second time. What is created gets an id that follows from the key and from who sends it.
/// </summary>
internal static class IdempotencyKey
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    private const int Longest = 255;

    /// <summary>Number of characters of an id: enough that two keys do not lead to the same.</summary>
    private const int Characters = 32;

    /// <summary>The id that follows from the request's key, of the characters a to f and 0 to 9; null if it has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">The header, if there is one.</param>
    /// <param name="body">What is asked for, if another body is to lead to another id; else the id says nothing about the body.</param>
    /// <exception cref="BadInputException">The header is not a key.</exception>
    public static string? Id(HttpRequest request, string? header, string body = "")
    {
        if (header is null)
            return null;
        // A string of structured fields is in quotes; many clients leave them out.
        if (Unquoted(header) is not { Length: > 0 and <= Longest } key)
            throw new BadInputException($"The header '{Header}' is not a key of 1 to {Longest} characters, such as a random UUID.");
        var sender = request.HttpContext.Features.Get<Visit>()!.Admission.Name;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Path}\n{sender}\n{key}\n{body}")))[..Characters];
    }

    private static string Unquoted(string text) => text is ['"', .. var key, '"'] ? key : text;
}
