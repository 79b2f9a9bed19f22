using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Sweeps.Trials;

/// <summary>Some trials of a sweep.</summary>
/// <param name="Matching">Number of trials that were asked for, on all pages.</param>
/// <param name="Next">What to state as `after` to get the next page; null if this is the last.</param>
internal sealed record TrialPageDocument(string Sweep, IReadOnlyList<TrialDocument> Trials, int Matching, string? Next);

/// <summary>Trials of a sweep.</summary>
internal static class TrialEndpoints
{
    private const int UsualPage = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sweeps/{sweep}/trials", List).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/sweeps/{sweep}/trials/{trial}", Get).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/sweeps/{sweep}/trials/{trial}/cancel", Cancel).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/sweeps/{sweep}/trials/{trial}/finish", Finish).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>
    /// Trials of a sweep, page by page. A trial whose value in `sort` stays the same is on one page and only one, even if other
    /// trials are added or end meanwhile.
    /// </summary>
    /// <param name="state">Only trials in these states, such as `completed`.</param>
    /// <param name="where">Only trials whose hyperparameters meet all of these conditions, such as `margin:0.5..1`, `learningRate:..0.01` or `loss:triplet,contrastive`.</param>
    /// <param name="sort">`eer` (validation EER), `seconds`, `epochs`, `trial` or a hyperparameter, the smallest value first; with a minus sign the largest first. `eer` by default.</param>
    /// <param name="limit">Maximum number of trials on a page, 1 to 1,000; 100 by default.</param>
    /// <param name="after">The `next` of the page before, with the same `sort`; the first page by default.</param>
    [Needs(Role.Read)]
    public static async Task<Ok<TrialPageDocument>> List(string sweep, GrainCalls calls, string[]? state = null, string[]? where = null, string sort = "eer", int limit = UsualPage, string? after = null)
    {
        var question = new TrialQuestion { States = [.. state ?? []], Where = [.. where ?? []], Sort = sort, Limit = limit, After = after };
        _ = new TrialQuery(question);
        await KnownSweep.Find(sweep, calls);
        var page = await calls.Make((grains, cancellation) => grains.GetGrain<ITrialIndexGrain>(sweep).GetPage(question, cancellation));
        return TypedResults.Ok(new TrialPageDocument(sweep, [.. page.Trials.Select(TrialDocument.Of)], page.Matching, page.Next));
    }

    /// <summary>One trial.</summary>
    /// <param name="trial">Its id, or the start of it.</param>
    [Needs(Role.Read)]
    public static async Task<Ok<TrialDocument>> Get(string sweep, string trial, GrainCalls calls) => TypedResults.Ok(TrialDocument.Of(await Find(sweep, trial, calls)));

    /// <summary>Stops one trial; the others of its sweep go on. A repeated request changes nothing.</summary>
    /// <param name="trial">Its id, or the start of it.</param>
    [Needs(Role.Train)]
    public static Task<Ok<StatusDocument>> Cancel(string sweep, string trial, GrainCalls calls) => End(sweep, trial, calls, (grain, cancellation) => grain.CancelTrial(trial, cancellation));

    /// <summary>Ends one trial with its last validated epoch, as a trial with an id of its own: a request that is repeated later finds no trial with the old one.</summary>
    /// <param name="trial">Its id, or the start of it.</param>
    [Needs(Role.Train)]
    public static Task<Ok<StatusDocument>> Finish(string sweep, string trial, GrainCalls calls) => End(sweep, trial, calls, (grain, cancellation) => grain.FinishTrial(trial, cancellation));

    private static async Task<Ok<StatusDocument>> End(string sweep, string trial, GrainCalls calls, Func<ISweepGrain, CancellationToken, Task<bool>> end)
    {
        await KnownSweep.Find(sweep, calls);
        if (await calls.Make((grains, cancellation) => end(grains.GetGrain<ISweepGrain>(sweep), cancellation)))
            return TypedResults.Ok(StatusDocument.Of(await KnownSweep.Find(sweep, calls), drifts: []));
        var known = await Find(sweep, trial, calls);
        throw new ProblemException(ProblemKind.Conflict, $"Trial {known.Trial} of sweep '{sweep}' is not being trained and does not wait for a slot: it has ended, or its sweep does not train now.");
    }

    private static async Task<TrialReport> Find(string sweep, string trial, GrainCalls calls)
    {
        await KnownSweep.Find(sweep, calls);
        var found = await calls.Make((grains, cancellation) => grains.GetGrain<ITrialIndexGrain>(sweep).Find(trial, cancellation));
        return found switch
        {
            { Matching: 1, Trials: [var one] } => one,
            { Matching: > 1 } => throw new BadInputException($"'{PlainText.Of(trial)}' matches {found.Matching} trials of sweep '{sweep}'; give more of the id."),
            _ => throw new ProblemException(ProblemKind.NotFound, $"Sweep '{sweep}' has no trial '{PlainText.Of(trial)}'; GET sweeps/{sweep}/trials lists all."),
        };
    }
}
