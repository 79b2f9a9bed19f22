using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Listing;
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
        var question = new TrialQuestion { States = [.. filter.States], Where = [.. filter.Conditions], Sort = sort, Limit = TrialsOnPage, After = after };
        _ = new TrialQuery(question);
        var progress = await KnownSweep.Find(sweep, calls);
        var trials = await TrialViews.Overview(sweep, question, calls);
        var varying = TrialColumn.Of(trials.Differences);
        return new HtmlPage<SweepView>(new SweepModel(
            visitor,
            progress,
            filter,
            trials,
            after,
            varying,
            Curves(progress, trials, varying),
            TrialsApart.Of(trials),
            [.. ActionRule.All.Where(rule => rule.Fits(progress, trials.Counts)).Select(rule => rule.Action).Concat(progress.CanExtend ? [ExtendPage.Action] : []).Where(action => action.Needs <= visitor.Role)]));
    }

    /// <summary>Curves of the best trials and of some in training.</summary>
    private static Picture? Curves(SweepProgress progress, TrialOverview trials, IEnumerable<TrialColumn> varying) => EerByEpoch.Of(
        Format.Page,
        [.. EerCurve.Of(trials.Best), .. EerCurve.Of(progress.Running).Take(EerByEpoch.Most - TrialOverview.MostBest)],
        new TrialLabels(varying.Select(column => column.Heading).ToHashSet()));
}
