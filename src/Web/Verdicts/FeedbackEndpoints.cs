using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Tuning;
using Siamese.Web.Access;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts;

/// <summary>What a judged pair really is.</summary>
/// <param name="Truth">`same` or `different`.</param>
internal sealed record TruthDocument(string Truth);

/// <summary>What is left after feedback was taken back.</summary>
/// <param name="TakenBack">Number of entries that were removed: 1, or 0 if there was none of the sender's.</param>
/// <param name="Ensemble">The feedback that the ensemble still has.</param>
internal sealed record TakenBackDocument(int TakenBack, FeedbackDocument.OfEnsemble Ensemble);

/// <summary>Feedback on verdicts.</summary>
internal static class FeedbackEndpoints
{
    private const int MaximumBody = 10_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/verdicts/{id}/truth", Put).Accepts<TruthDocument>("application/json");
        api.MapDelete("/verdicts/{id}/truth", Delete).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Says what the pair of a verdict really is. The last value counts; repeating it changes nothing.</summary>
    /// <param name="id">The verdict's id.</param>
    [Needs(Role.Teach)]
    public static async Task<Ok<FeedbackDocument>> Put(string id, HttpRequest request, GrainCalls calls)
    {
        var truth = (await request.ReadJson<TruthDocument>(MaximumBody)).Truth;
        var feedback = new Feedback(id, Words.Read<Relation>("'truth'", truth));
        return TypedResults.Ok(FeedbackDocument.Of(1, [await Give(feedback, calls)]));
    }

    /// <summary>
    /// Takes back what the sender said that the pair of a verdict is; what others said stays. A repeated request changes nothing.
    /// Versions that were recalibrated with it stay as they are.
    /// </summary>
    /// <param name="id">The verdict's id.</param>
    [Needs(Role.Teach)]
    public static async Task<Ok<TakenBackDocument>> Delete(string id, GrainCalls calls)
    {
        var (ensemble, withdrawn) = await TakeBack(id, calls);
        return TypedResults.Ok(new TakenBackDocument(withdrawn.Entries, FeedbackDocument.OfEnsemble.Of(ensemble, withdrawn.Tally)));
    }

    /// <summary>Stores what the pair of a verdict really is.</summary>
    /// <returns>The ensemble, and all its feedback.</returns>
    public static async Task<(string Ensemble, FeedbackTally Tally)> Give(Feedback feedback, GrainCalls calls)
    {
        var ensemble = VerdictId.Parse(feedback.Verdict).Id.Ensemble;
        return (ensemble, await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).GiveFeedback([feedback], cancellation)));
    }

    /// <summary>Removes what the sender said about the pair of a verdict.</summary>
    /// <returns>The ensemble, and the feedback that it still has.</returns>
    public static async Task<(string Ensemble, WithdrawnFeedback Withdrawn)> TakeBack(string id, GrainCalls calls)
    {
        var ensemble = VerdictId.Parse(id).Id.Ensemble;
        return (ensemble, await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).WithdrawFeedback([id], cancellation)));
    }
}
