using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Layout;
using Siamese.Page.SweepPlots;
using Siamese.Plots.Drawing;
using Siamese.Web.Access;
using Siamese.Web.Requests;
using Siamese.Web.Sweeps.Trials;

namespace Siamese.Page.Comparing;

/// <summary>A comparison of two sweeps, or the choice of them.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Sweeps">Names of all sweeps, the newest first.</param>
/// <param name="First">The first one; null if none is chosen.</param>
/// <param name="Second">The second one; null if none is chosen.</param>
/// <param name="Courses">The best results of both so far; null if there are none.</param>
public sealed record CompareModel(Visitor Visitor, IReadOnlyList<string> Sweeps, ComparedSweep? First, ComparedSweep? Second, Picture? Courses);

/// <summary>The page that compares two sweeps.</summary>
internal static class ComparePage
{
    private static readonly TrialQuestion _best = new() { States = ["completed"], Limit = TrialOverview.MostBest };

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/compare", Show);

    /// <param name="a">Name of a sweep.</param>
    /// <param name="b">Name of another.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(HttpContext context, GrainCalls calls, string? a = null, string? b = null)
    {
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        var (first, second) = (await Find(a, calls), await Find(b, calls));
        return new HtmlPage<CompareView>(new CompareModel(
            Visitor.Of(context),
            [.. board.Where(entry => !entry.IsImported).Select(entry => entry.Sweep)],
            first,
            second,
            first is null || second is null ? null : BestCourse.Of([CourseOf(first), CourseOf(second)])));
    }

    private static async Task<ComparedSweep?> Find(string? sweep, GrainCalls calls) => string.IsNullOrEmpty(sweep)
        ? null
        : new(await KnownSweep.Find(sweep, calls), await TrialViews.Overview(sweep, _best, calls), await TrialViews.Plots(sweep, _best, calls));

    private static Course CourseOf(ComparedSweep sweep) => new(sweep.Progress.Sweep, sweep.Plots.Measured, sweep.Plots.Course);
}
