using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Page.Layout;
using Siamese.Page.Wording;
using Siamese.Web.Access;
using Siamese.Web.Requests;

namespace Siamese.Page.Sweeps;

/// <summary>A question before something is done with a sweep.</summary>
/// <param name="Visitor">Who is asked.</param>
/// <param name="Sweep">The sweep's name.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Plan">What a sweep that has not started will do; null for others.</param>
/// <param name="Form">Proves that the form is from here.</param>
public sealed record ActionModel(Visitor Visitor, string Sweep, SweepAction Action, string? Plan, FormToken Form);

/// <summary>Asks whether something is to be done with a sweep, and does it.</summary>
internal static class ActionPage
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var rule in ActionRule.All)
        {
            var address = $"/sweeps/{{sweep}}/{rule.Action.Name}";
            pages.MapGet(address, (string sweep, HttpContext context, GrainCalls calls, IAntiforgery antiforgery) => Ask(rule, sweep, context, calls, antiforgery)).WithMetadata(new NeedsAttribute(rule.Action.Needs));
            pages.MapPost(address, (string sweep, HttpContext context, GrainCalls calls, IAntiforgery antiforgery) => Do(rule, sweep, context, calls, antiforgery)).WithMetadata(new NeedsAttribute(rule.Action.Needs));
        }
    }

    private static async Task<IResult> Ask(ActionRule rule, string sweep, HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var progress = await KnownSweep.Find(sweep, calls);
        return new HtmlPage<ActionView>(new ActionModel(Visitor.Of(context), sweep, rule.Action, SweepWords.Plan(progress), FormToken.Of(context, antiforgery)));
    }

    private static async Task<IResult> Do(ActionRule rule, string sweep, HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        await Forms.Read(context, antiforgery);
        await rule.Do(sweep, calls);
        var visitor = Visitor.Of(context);
        return TypedResults.Redirect(rule.EndsSweep ? visitor.Home : visitor.SweepAt(sweep));
    }
}
