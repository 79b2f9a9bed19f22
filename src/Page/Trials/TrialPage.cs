using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Trials;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Page.Trials;

/// <summary>The page of a trial, which may belong to several sweeps.</summary>
internal static class TrialPage
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/trials/{trial}", Show);

    /// <summary>What is known about a trial.</summary>
    /// <param name="trial">Its whole id.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(string trial, HttpContext context, GrainCalls calls) =>
        new HtmlPage<TrialView>(new TrialModel(Visitor.Of(context), await Find(trial, calls)));

    /// <summary>The record of a trial.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    internal static async Task<TrialRecord> Find(string trial, GrainCalls calls) =>
        await calls.Make((grains, cancellation) => grains.GetGrain<ITrialRecordGrain>(trial).GetRecord(cancellation))
            ?? throw new ProblemException(ProblemKind.NotFound, $"There is no record of a trial '{PlainText.Of(trial)}': no silo of this cluster has begun to train it. State the whole id.");
}
