using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Siamese.Web.Problems;

/// <summary>Answers with problems (RFC 9457).</summary>
internal static class Problem
{
    public const string MediaType = "application/problem+json";

    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(1);

    /// <param name="kind">What is wrong.</param>
    /// <param name="detail">The sentences that say what is wrong, where, and what to do.</param>
    public static ProblemDetails Of(ProblemKind kind, string detail) => new() { Type = kind.Uri, Title = kind.Title, Status = kind.Status, Detail = detail };

    /// <summary>Writes the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What is wrong.</param>
    /// <param name="detail">As for <see cref="Of"/>.</param>
    /// <param name="retryAfter">When to try again, if it is a matter of time.</param>
    public static Task Write(HttpContext context, ProblemKind kind, string detail, TimeSpan? retryAfter = null)
    {
        WriteHead(context, kind, detail, retryAfter);
        if (context.GetEndpoint()?.Metadata.GetMetadata<IProblemView>() is { } view)
            return view.Write(context, kind, detail);
        if (context.GetEndpoint()?.Metadata.GetMetadata<PlainErrors>() is not null)
            return context.Response.WriteAsJsonAsync(new PlainError(detail), JsonSerializerOptions.Web, context.RequestAborted);
        return context.Response.WriteAsJsonAsync(Of(kind, detail), JsonSerializerOptions.Web, MediaType, context.RequestAborted);
    }

    /// <summary>Writes status and headers of the answer, and logs a refusal.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteHead(HttpContext context, ProblemKind kind, string detail, TimeSpan? retryAfter)
    {
        if (Refusal.Is(kind))
            context.RequestServices.GetService<IProblemLog>()?.Refused(Refusal.Of(context, kind, detail));
        // A sender whose connection is closed while it sends does not see the answer. The server reads the rest for 5 s.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        context.Response.StatusCode = kind.Status;
        if (kind.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = Math.Ceiling((retryAfter ?? _retryAfter).TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
