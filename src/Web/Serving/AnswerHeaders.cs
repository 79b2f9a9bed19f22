using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Siamese.Web.Serving;

/// <summary>Headers of every answer, unless it has its own: browsers do not guess its type, keep it, show it within a page, or tell others its address.</summary>
/// <param name="next">Answers.</param>
internal sealed class AnswerHeaders(RequestDelegate next)
{
    private static readonly (string Name, string Value)[] _headers =
    [
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.CacheControl, "no-store"),
        (HeaderNames.ContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var answer = (HttpResponse)state;
            var headers = answer.Headers;
            if (headers.ContentSecurityPolicy.Count == 0 && answer.HttpContext.GetEndpoint()?.Metadata.GetMetadata<PagePolicy>() is { } policy)
                headers.ContentSecurityPolicy = policy.Text;
            foreach (var (name, value) in _headers)
            {
                if (headers[name].Count == 0)
                    headers[name] = value;
            }

            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }
}
