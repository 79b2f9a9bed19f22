using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;
using Siamese.Web.Verdicts;

namespace Siamese.Web.Inference;

/// <summary>Ensembles as models of the Open Inference Protocol, version 2, for programs that know that protocol.</summary>
internal static class InferenceEndpoints
{
    private const string Platform = "siamese";

    /// <param name="routes">The group of all operations: the protocol has addresses of its own, beside those of this API.</param>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var protocol = routes.MapGroup("/v2").WithMetadata(new PlainErrors());
        protocol.MapGet("", GetServer);
        protocol.MapGet("/health/live", GetLive);
        protocol.MapGet("/health/ready", GetReady);
        protocol.MapGet("/models/{model}", GetModel);
        protocol.MapGet("/models/{model}/versions/{version:int}", GetVersion);
        protocol.MapGet("/models/{model}/ready", GetModelReady);
        protocol.MapGet("/models/{model}/versions/{version:int}/ready", GetVersionReady);
        protocol.MapPost("/models/{model}/infer", Infer).Accepts<InferenceRequest>("application/json");
        protocol.MapPost("/models/{model}/versions/{version:int}/infer", InferVersion).Accepts<InferenceRequest>("application/json");
    }

    /// <summary>What serves the models.</summary>
    [Needs(Role.Read)]
    public static Ok<ServerDocument> GetServer() =>
        TypedResults.Ok(new ServerDocument(Platform, typeof(InferenceEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "", []));

    /// <summary>Whether the server answers.</summary>
    [Needs(Role.Read)]
    public static Ok<LiveDocument> GetLive() => TypedResults.Ok(new LiveDocument(true));

    /// <summary>Whether the cluster answers.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<ReadyDocument>> GetReady(GrainCalls calls)
    {
        await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        return TypedResults.Ok(new ReadyDocument(true));
    }

    /// <summary>An ensemble as a model.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<ModelDocument>> GetModel(string model, GrainCalls calls) => Describe(model, await Versions(model, null, calls));

    /// <summary>A version of an ensemble as a model.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<ModelDocument>> GetVersion(string model, int version, GrainCalls calls) => Describe(model, await Versions(model, version, calls));

    /// <summary>Whether an ensemble can judge pairs: its members are loaded if they are not yet.</summary>
    [Needs(Role.Ask)]
    public static Task<Ok<ModelReadyDocument>> GetModelReady(string model, GrainCalls calls) => Ready(model, null, calls);

    /// <summary>Whether a version of an ensemble can judge pairs.</summary>
    [Needs(Role.Ask)]
    public static Task<Ok<ModelReadyDocument>> GetVersionReady(string model, int version, GrainCalls calls) => Ready(model, version, calls);

    /// <summary>Judges up to 256 pairs by the newest version of an ensemble.</summary>
    [Needs(Role.Ask)]
    public static Task<Ok<InferenceDocument>> Infer(string model, HttpRequest request, GrainCalls calls) => Judge(model, null, request, calls);

    /// <summary>Judges up to 256 pairs by a version of an ensemble.</summary>
    [Needs(Role.Ask)]
    public static Task<Ok<InferenceDocument>> InferVersion(string model, int version, HttpRequest request, GrainCalls calls) => Judge(model, version, request, calls);

    private static Ok<ModelDocument> Describe(string model, IEnumerable<int> versions) =>
        TypedResults.Ok(new ModelDocument(model, [.. versions.Select(version => FormattableString.Invariant($"{version}"))], Platform, InferencePairs.Inputs, InferencePairs.Outputs));

    private static async Task<Ok<ModelReadyDocument>> Ready(string model, int? version, GrainCalls calls)
    {
        await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(model).JudgeAll([], [], new VerdictTerms { Version = version }, cancellation));
        return TypedResults.Ok(new ModelReadyDocument(model, true));
    }

    private static async Task<Ok<InferenceDocument>> Judge(string model, int? version, HttpRequest request, GrainCalls calls)
    {
        var asked = await request.ReadJson<InferenceRequest>(VerdictEndpoints.MaximumBody);
        var wanted = asked.Parameters ?? new();
        var terms = Terms.Of(version, wanted.Prior, wanted.Unsure, wanted.Disagreement, wanted.MaxFar, wanted.MaxFrr, wanted.Novelty);
        var (images, pairs) = InferencePairs.Read(asked);
        var answers = await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(model).JudgeAll(images, pairs, terms, cancellation));
        return TypedResults.Ok(InferencePairs.Answer(asked, model, answers));
    }

    private static async Task<IEnumerable<int>> Versions(string model, int? version, GrainCalls calls)
    {
        var all = await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(model).GetVersions(cancellation));
        int[] versions = [.. all.Select(one => one.Ensemble.Version).Where(number => version is null || number == version)];
        return versions.Length > 0 ? versions : throw new ProblemException(ProblemKind.NotFound, $"There is no model '{PlainText.Of(model)}', or not in this version.");
    }
}
