using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Ensembles;
using Siamese.Web.Requests;

namespace Siamese.Page.Ensembles;

/// <summary>The page of an ensemble.</summary>
internal static class EnsemblePage
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/ensembles/{ensemble}", Show);
        pages.MapPost("/ensembles/{ensemble}/versions/{version:int}/measure", Measure);
    }

    /// <summary>A version of an ensemble, and what is known about it.</summary>
    /// <param name="version">The version; the newest if it is not stated.</param>
    /// <param name="limit">The error rate that is limited: `far` or `frr`.</param>
    /// <param name="rate">The largest rate, in per cent.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(string ensemble, HttpContext context, GrainCalls calls, IAntiforgery antiforgery, TimeProvider time, int? version = null, string limit = "far", double rate = 1)
    {
        var (visitor, accepted) = (Visitor.Of(context), RateLimit.Of(limit, rate));
        var versions = await EnsembleEndpoints.Versions(ensemble, calls);
        var summary = EnsembleEndpoints.Choose(versions, version);
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        return new HtmlPage<EnsembleView>(new EnsembleModel(
            visitor,
            summary,
            versions,
            (await ResultOf(summary.Ensemble, calls))?.Result,
            [.. board.FirstOrDefault(entry => entry.Sweep == ensemble)?.Drifts.Where(drift => drift.Version == summary.Ensemble.Version) ?? []],
            visitor.Role >= Role.Train ? await calls.Make((grains, cancellation) => Evaluation(grains, summary.Ensemble).GetState(cancellation)) : null,
            accepted,
            visitor.Role >= Role.Teach ? FormToken.Of(context, antiforgery) : null,
            time.GetUtcNow()));
    }

    /// <summary>Measures a version on test pairs.</summary>
    [Needs(Role.Train)]
    public static async Task<IResult> Measure(string ensemble, int version, HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        await Forms.Read(context, antiforgery);
        var versions = await EnsembleEndpoints.Versions(ensemble, calls);
        var known = EnsembleEndpoints.Choose(versions, version).Ensemble;
        await calls.Make((grains, cancellation) => Evaluation(grains, known).Start(new EvaluationRequest { Ensemble = known.Name, Version = known.Version }, cancellation));
        return TypedResults.Redirect($"{Visitor.Of(context).EnsembleAt(ensemble, version)}#measured");
    }

    /// <summary>The sweep that measured an ensemble, with its result; null if there is none.</summary>
    internal static async Task<SweepProgress?> ResultOf(Ensemble ensemble, GrainCalls calls)
    {
        var sweep = await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(ensemble.Name).GetProgress(int.MaxValue, cancellation));
        return sweep.Result is { } result && result.Ensemble.Ensemble.MeasuresLike(ensemble) ? sweep : null;
    }

    /// <summary>Everyone who looks at a version sees the same measurement.</summary>
    private static IEvaluationGrain Evaluation(IGrainFactory grains, Ensemble ensemble) => grains.GetGrain<IEvaluationGrain>(FormattableString.Invariant($"{ensemble.Name} page {ensemble.Version}"));
}
