using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Ensembles;

/// <summary>How to use the feedback on an ensemble.</summary>
/// <param name="Trust">Names of callers whose feedback counts in full; else nobody's counts for more than everybody else's together.</param>
/// <param name="Slope">The `slope` of the preview that you saw; a conflict if the feedback suggests another by now. Not compared by default.</param>
/// <param name="Shift">The `shift` of that preview, likewise.</param>
internal sealed record RecalibrationOrder(ImmutableArray<string>? Trust = null, double? Slope = null, double? Shift = null);

/// <summary>Recalibrating an ensemble from feedback.</summary>
internal static class RecalibrationEndpoints
{
    private const int MaximumBody = 100_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/ensembles/{ensemble}/recalibrate", Recalibrate).Accepts<RecalibrationOrder>("application/json").ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/ensembles/{ensemble}/recalibrate/preview", Preview).Accepts<RecalibrationOrder>("application/json").ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>
    /// Makes a version of an ensemble whose probabilities and threshold take the feedback into account. The same feedback makes
    /// only one version, so a repeated request changes nothing.
    /// </summary>
    [Needs(Role.Administer)]
    public static async Task<Ok<RecalibratedDocument>> Recalibrate(string ensemble, HttpRequest request, GrainCalls calls)
    {
        var (order, effect) = await Effect(ensemble, request, calls);
        var recalibrated = await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).Recalibrate(order.Trust ?? [], effect.Found, cancellation));
        return TypedResults.Ok(RecalibratedDocument.Of(ensemble, recalibrated));
    }

    /// <summary>What recalibrating would change. It changes nothing.</summary>
    [Needs(Role.Administer)]
    public static async Task<Ok<RecalibrationEffectDocument>> Preview(string ensemble, HttpRequest request, GrainCalls calls) =>
        TypedResults.Ok(RecalibrationEffectDocument.Of(ensemble, (await Effect(ensemble, request, calls)).Effect));

    private static async Task<(RecalibrationOrder Order, Contracts.Recalibrating.RecalibrationEffect Effect)> Effect(string ensemble, HttpRequest request, GrainCalls calls)
    {
        var order = await request.ReadJson<RecalibrationOrder>(MaximumBody);
        var effect = await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).PreviewRecalibration(order.Trust ?? [], cancellation));
        return (order.Slope ?? effect.Found.Slope) == effect.Found.Slope && (order.Shift ?? effect.Found.Shift) == effect.Found.Shift
            ? (order, effect)
            : throw new ProblemException(ProblemKind.Conflict, $"Ensemble '{ensemble}' has other feedback or another version than at the preview that you saw; nothing was changed. Look at the preview again.");
    }
}
