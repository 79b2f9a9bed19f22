using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Evaluations;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Evaluations;

/// <summary>An evaluation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">`running` or `completed`.</param>
/// <param name="Embedded">Number of embeddings that were computed; null before it begins and after it has ended.</param>
/// <param name="Embeddings">Number of embeddings to compute.</param>
/// <param name="Result">The figures; null while it runs.</param>
internal sealed record EvaluationStateDocument(string Id, string State, int? Embedded, int? Embeddings, EvaluationDocument? Result);

/// <summary>Measuring ensembles on images that the user chooses.</summary>
internal static class EvaluationEndpoints
{
    private const int MaximumBody = 100_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/ensembles/{ensemble}/evaluations", Start).Accepts<EvaluationOrder>("application/json");
        api.MapGet("/ensembles/{ensemble}/evaluations/{id}", Get).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>
    /// Starts to measure an ensemble. Ask for the result at the address in the header `Location`, at least once a minute: an
    /// evaluation that nobody asks for is abandoned, and none is stored. A request that is repeated with the same header
    /// `Idempotency-Key` starts nothing while the evaluation is known; with another body it starts another evaluation.
    /// </summary>
    /// <param name="idempotencyKey">A key of your choice, 1 to 255 characters, the same for a request and its repetitions.</param>
    [Needs(Role.Train)]
    public static async Task<Accepted<EvaluationStateDocument>> Start(string ensemble, HttpRequest request, GrainCalls calls, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey = null)
    {
        var asked = (await request.ReadJson<EvaluationOrder>(MaximumBody)).Request(ensemble);
        var id = IdempotencyKey.Id(request, idempotencyKey, JsonSerializer.Serialize(asked)) ?? Guid.NewGuid().ToString("N");
        await calls.Make((grains, cancellation) => grains.GetGrain<IEvaluationGrain>(Key(ensemble, id)).Start(asked, cancellation));
        return TypedResults.Accepted($"evaluations/{id}", await State(ensemble, id, calls));
    }

    /// <summary>The state of an evaluation, and its figures once it has ended. What made it fail is a problem.</summary>
    /// <param name="id">The evaluation's id.</param>
    [Needs(Role.Train)]
    public static async Task<Ok<EvaluationStateDocument>> Get(string ensemble, string id, GrainCalls calls) => TypedResults.Ok(await State(ensemble, id, calls));

    private static async Task<EvaluationStateDocument> State(string ensemble, string id, GrainCalls calls)
    {
        var state = await calls.Make((grains, cancellation) => grains.GetGrain<IEvaluationGrain>(Key(ensemble, id)).GetState(cancellation));
        if (!state.IsKnown)
            throw new ProblemException(ProblemKind.NotFound, $"There is no evaluation '{PlainText.Of(id)}' of ensemble '{PlainText.Of(ensemble)}': its silo was lost, or nobody asked for it for a minute. Start it again.");
        if (state.Problem is { } problem)
        {
            throw state.Fault switch
            {
                EvaluationFault.BadInput => new ProblemException(ProblemKind.Invalid, problem),
                EvaluationFault.NoQuorum => new ProblemException(ProblemKind.NoQuorum, problem),
                _ => new ProblemException(ProblemKind.Broken, $"The cluster could not evaluate the ensemble: {problem.ReplaceLineEndings(" ").TrimEnd('.')}; its log has more."),
            };
        }

        return new EvaluationStateDocument(
            id, state.Result is null ? "running" : "completed", state.Progress?.Embedded, state.Progress?.Embeddings, state.Result is { } result ? EvaluationDocument.Of(result) : null);
    }

    /// <summary>Evaluations of another ensemble are not found under this one.</summary>
    private static string Key(string ensemble, string id) => $"{ensemble} {id}";
}
