using Microsoft.AspNetCore.Http;
using Siamese.Web.Problems;

namespace Siamese.Web;

/// <summary>Problems (RFC 9457) for what surrounds the API, such as a check of its address.</summary>
public static class ApiProblem
{
    /// <summary>Refuses a request with status 403.</summary>
    /// <param name="context">The request.</param>
    /// <param name="detail">The sentences that say why, and what to do.</param>
    public static Task WriteNotAllowed(HttpContext context, string detail) => Problem.Write(context, ProblemKind.NotAllowed, detail);

    /// <summary>Sends a request away for a second, with status 503.</summary>
    /// <inheritdoc cref="WriteNotAllowed"/>
    public static Task WriteBusy(HttpContext context, string detail) => Problem.Write(context, ProblemKind.Busy, detail);
}
