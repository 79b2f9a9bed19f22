using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Ensembles;

/// <summary>Ensembles and their versions.</summary>
internal static class EnsembleEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ensembles", List);
        api.MapGet("/ensembles/{ensemble}", Get);
        api.MapGet("/ensembles/{ensemble}/versions", GetVersions);
        api.MapGet("/ensembles/{ensemble}/versions/{version:int}", GetVersion);
    }

    /// <summary>The newest version of every ensemble, the newest first.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<EnsemblesDocument>> List(GrainCalls calls) => TypedResults.Ok(EnsemblesDocument.Of(await Newest(calls)));

    /// <summary>The newest version of every ensemble, the newest first.</summary>
    public static async Task<IReadOnlyList<EnsembleSummary>> Newest(GrainCalls calls)
    {
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        var newest = await Task.WhenAll(board.Where(entry => entry.HasEnsemble).OrderByDescending(entry => entry.FormedAt).Select(entry =>
            calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(entry.Sweep).GetNewest(cancellation))));
        return [.. newest.OfType<EnsembleSummary>()];
    }

    /// <summary>Every version of an ensemble, the newest last.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<EnsemblesDocument>> GetVersions(string ensemble, GrainCalls calls) => TypedResults.Ok(EnsemblesDocument.Of(await Versions(ensemble, calls)));

    /// <summary>The newest version of an ensemble.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<EnsemblesDocument.Formed>> Get(string ensemble, GrainCalls calls) =>
        TypedResults.Ok(EnsemblesDocument.Formed.Of(await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).GetNewest(cancellation)) ?? throw KnownEnsemble.Missing(ensemble)));

    /// <summary>A version of an ensemble.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<EnsemblesDocument.Formed>> GetVersion(string ensemble, int version, GrainCalls calls)
    {
        return TypedResults.Ok(EnsemblesDocument.Formed.Of(Choose(await Versions(ensemble, calls), version)));
    }

    /// <summary>A version among all; null chooses the newest.</summary>
    /// <exception cref="ProblemException">There is no such version.</exception>
    public static EnsembleSummary Choose(IReadOnlyList<EnsembleSummary> versions, int? version) => version is null ? versions[^1] : versions.FirstOrDefault(one => one.Ensemble.Version == version)
        ?? throw new ProblemException(ProblemKind.NotFound, FormattableString.Invariant($"Ensemble '{PlainText.Of(versions[^1].Ensemble.Name)}' has no version {version}; its versions are 1 to {versions[^1].Ensemble.Version}."));

    /// <summary>Every version of an ensemble, the newest last.</summary>
    /// <exception cref="ProblemException">There is no such ensemble.</exception>
    public static async Task<IReadOnlyList<EnsembleSummary>> Versions(string ensemble, GrainCalls calls) =>
        await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).GetVersions(cancellation)) is { Length: > 0 } versions ? versions : throw KnownEnsemble.Missing(ensemble);
}
