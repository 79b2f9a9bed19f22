using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Clusters;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Page.Overview;

/// <summary>The page of the whole cluster.</summary>
internal static class OverviewPage
{
    private const int SweepsOnPage = 25;

    /// <summary>In a cluster with more slots, the others have no time.</summary>
    private const int MostLeases = 64;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/", Show);

    /// <summary>Sweeps and silos.</summary>
    /// <param name="page">Which page of the sweeps, from 1.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(HttpContext context, GrainCalls calls, TimeProvider time, int page = 1)
    {
        var visitor = Visitor.Of(context);
        // Relative links hold only if the address ends with a slash.
        if (!(context.Request.PathBase + context.Request.Path).ToUriComponent().EndsWith('/'))
            return TypedResults.Redirect(visitor.Start + context.Request.QueryString);
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        var sweeps = board.Where(entry => !entry.IsImported).ToArray();
        var pages = Math.Max(1, (sweeps.Length + SweepsOnPage - 1) / SweepsOnPage);
        if (page < 1 || page > pages)
            throw new ProblemException(ProblemKind.NotFound, FormattableString.Invariant($"There is no page {page}; there are {pages}."));
        var shown = sweeps.Skip((page - 1) * SweepsOnPage).Take(SweepsOnPage).ToArray();
        var known = (await Task.WhenAll(sweeps.Where(entry => entry.IsUnfinished).Union(shown).Select(entry => Progress(entry.Sweep, calls)))).ToDictionary(sweep => sweep.Sweep);
        SweepProgress[] unfinished = [.. sweeps.Where(entry => entry.IsUnfinished).Select(entry => known[entry.Sweep])];
        var slots = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).GetSlots(cancellation));
        var cluster = ClusterDocument.Of([], board, slots, unfinished);
        return new HtmlPage<OverviewView>(new OverviewModel(
            visitor,
            cluster,
            await Leases(cluster, calls),
            unfinished.Sum(sweep => sweep.Waiting),
            // One that was removed meanwhile is gone.
            [.. shown.Select(entry => known[entry.Sweep]).Where(sweep => sweep.Phase is not SweepPhase.Unknown)],
            page,
            pages,
            time.GetUtcNow()));
    }

    /// <summary>The current leases of trials in training, by trial.</summary>
    private static async Task<IReadOnlyDictionary<string, LeaseRecord>> Leases(ClusterDocument cluster, GrainCalls calls)
    {
        var records = await Task.WhenAll(cluster.Silos.SelectMany(silo => silo.Training).Select(training => training.Trial).Distinct().Take(MostLeases)
            .Select(trial => calls.Make((grains, cancellation) => grains.GetGrain<ITrialRecordGrain>(trial).GetRecord(cancellation))));
        return records.OfType<TrialRecord>().Where(record => !record.Leases.IsEmpty).ToDictionary(record => record.Trial, record => record.Leases[^1]);
    }

    private static Task<SweepProgress> Progress(string sweep, GrainCalls calls) =>
        calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).GetProgress(int.MaxValue, cancellation));
}
