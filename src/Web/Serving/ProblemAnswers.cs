using Microsoft.AspNetCore.Http;
using Siamese.Contracts;
using Siamese.Web.Problems;

namespace Siamese.Web.Serving;

/// <summary>The request is a HEAD, which is answered as a GET without a body.</summary>
internal sealed class HeadRequest;

/// <summary>
/// Makes problems of refusals that have no body: an address that does not exist, a method that it does not know. Answers HEAD
/// as GET, without a body, and OPTIONS with the methods that an address knows.
/// </summary>
/// <param name="next">Answers.</param>
internal sealed class ProblemAnswers(RequestDelegate next)
{
    private static readonly HeadRequest _head = new();

    public async Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // The server still knows what it was, and sends no body.
            context.Request.Method = HttpMethods.Get;
            context.Features.Set(_head);
        }

        try
        {
            await next(context);
        }
        catch (Exception e)
        {
            await Failures.Write(context, e);
        }

        var answer = context.Response;
        if (!answer.HasStarted && answer is { StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null, ContentLength: null or 0 } && !context.RequestAborted.IsCancellationRequested)
            await Explain(context);
    }

    private static Task Explain(HttpContext context)
    {
        var (request, answer) = (context.Request, context.Response);
        switch (answer.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                return Problem.Write(context, ProblemKind.NotFound, $"There is nothing at '{PlainText.Of(request.Path.Value ?? "")}'; /openapi/v1.json describes the API.");
            case StatusCodes.Status405MethodNotAllowed:
                var methods = Methods(answer);
                answer.Headers.Allow = methods;
                if (HttpMethods.IsOptions(request.Method))
                {
                    answer.StatusCode = StatusCodes.Status204NoContent;
                    return Task.CompletedTask;
                }

                return Problem.Write(context, ProblemKind.WrongMethod, $"This address does not know {PlainText.Of(request.Method)}, only {methods}.");
            case StatusCodes.Status415UnsupportedMediaType:
                return Problem.Write(context, ProblemKind.WrongMediaType, $"The body must not have the media type {PlainText.Of(request.ContentType ?? "none")}; /openapi/v1.json states the right one.");
            default:
                var kind = ProblemKind.All.FirstOrDefault(kind => kind.Status == answer.StatusCode)
                    ?? (answer.StatusCode < StatusCodes.Status500InternalServerError ? ProblemKind.Malformed : ProblemKind.Broken);
                return Problem.Write(context, kind, $"{kind.Title}; compare it with /openapi/v1.json.");
        }
    }

    private static string Methods(HttpResponse answer)
    {
        var known = answer.Headers.Allow.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] added = known.Contains(HttpMethods.Get) ? [HttpMethods.Head, HttpMethods.Options] : [HttpMethods.Options];
        return string.Join(", ", known.Union(added).Order(StringComparer.Ordinal));
    }
}
