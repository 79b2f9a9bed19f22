using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Web.Problems;

namespace Siamese.Page.Layout;

/// <summary>What a page shows if something goes wrong.</summary>
/// <param name="Start">As in <see cref="Visitor"/>.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Detail">The sentences that say what is wrong, and what to do.</param>
/// <param name="MayPass">Whether it passes by itself, so that the page is worth another try.</param>
public sealed record ErrorModel(string Start, string Title, string Detail, bool MayPass = false);

/// <summary>Makes pages of what goes wrong, with the statuses and sentences that the API has for it.</summary>
internal static class PageErrors
{
    public static RouteGroupBuilder ShowErrors(this RouteGroupBuilder pages) => pages.AddEndpointFilter(Show).WithMetadata(new ProblemPage());

    private static async ValueTask<object?> Show(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (!invocation.HttpContext.RequestAborted.IsCancellationRequested)
        {
            var context = invocation.HttpContext;
            var failure = Failures.Find(context, e);
            Problem.WriteHead(context, failure.Kind, failure.Detail, failure.RetryAfter);
            return ProblemPage.Of(context, failure.Kind, failure.Detail);
        }
    }
}
