using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;
using Siamese.Page.Layout;
using Siamese.Plots.Drawing;
using Siamese.Plots.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Requests;
using Siamese.Web.Sweeps.Trials;

namespace Siamese.Page.Sweeps;

/// <summary>The page of a sweep.</summary>
internal static class SweepPage
{
    private const int TrialsOnPage = 50;

    /// <summary>Curves of the best trials; the others are of trials in training.</summary>
    private const int BestCurves = 6;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/sweeps/{sweep}", Show);

    /// <summary>The state of a sweep, and its trials.</summary>
    /// <param name="state">States of the trials in the table.</param>
    /// <param name="where">Conditions on their hyperparameters, separated by spaces.</param>
    /// <param name="sort">Their order.</param>
    /// <param name="after">The place after which the page of the table begins.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(string sweep, HttpContext context, GrainCalls calls, string[]? state = null, string? where = null, string sort = TrialFilter.UsualSort, string? after = null)
    {
        var visitor = Visitor.Of(context);
        var filter = TrialFilter.Of(state, where, sort);
        var query = new TrialQuery([.. filter.States], filter.Conditions, sort, TrialsOnPage, after);
        var progress = await KnownSweep.Find(sweep, calls);
        var trials = await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).GetTrials(cancellation));
        var (page, varying) = (query.PageOf(trials), TrialColumn.Varying(trials));
        return new HtmlPage<SweepView>(new SweepModel(
            visitor,
            progress,
            filter,
            page.Trials,
            page.Matching,
            after,
            page.Next,
            trials.CountBy(trial => trial.Status).ToDictionary(),
            varying,
            EerByEpoch.Of(Format.Page, [.. EerCurve.Of(trials).Take(BestCurves), .. EerCurve.Of(progress.Running).Take(EerByEpoch.Most - BestCurves)], new TrialLabels([.. trials.Select(trial => trial.Spec)])),
            TrialsApart.Of(trials),
            [.. ActionRule.All.Where(rule => rule.Action.Needs <= visitor.Role && rule.Fits(progress, trials)).Select(rule => rule.Action)]));
    }
}
