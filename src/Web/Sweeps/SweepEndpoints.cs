using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;
using Siamese.Web.Serving;

namespace Siamese.Web.Sweeps;

/// <summary>More points for a sweep.</summary>
/// <param name="Points">Total number of points that the sweep is to have.</param>
/// <param name="UntilEer">Stop when a point has a mean validation EER of at most this, above 0 and below 1; this replaces what the sweep was submitted with.</param>
/// <param name="ForSeconds">Stop this many seconds after this request; this replaces what the sweep was submitted with.</param>
internal sealed record ExtensionOrder(int Points, double? UntilEer = null, double? ForSeconds = null);

/// <summary>What was removed.</summary>
internal sealed record RemovedDocument(string Sweep, long FreedBytes);

/// <summary>Sweeps.</summary>
internal static class SweepEndpoints
{
    private const int MaximumBody = 10_000_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sweeps", List);
        api.MapPost("/sweeps", Submit).Accepts<SweepOrder>("application/json").ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/sweeps/{sweep}", Get);
        api.MapDelete("/sweeps/{sweep}", Remove).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/sweeps/{sweep}/result", GetResult);
        api.MapGet("/sweeps/{sweep}/events", GetEvents).ProducesProblem(StatusCodes.Status422UnprocessableEntity).AddOpenApiOperationTransformer(SweepEvents.Describe);
        api.MapGet("/sweeps/{sweep}/importance", GetImportance).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/sweeps/{sweep}/cancel", Cancel);
        api.MapPost("/sweeps/{sweep}/finish", Finish).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/sweeps/{sweep}/retry", Retry).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/sweeps/{sweep}/extend", Extend).Accepts<ExtensionOrder>("application/json").ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Every sweep, the newest first.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<BoardDocument>> List(GrainCalls calls)
    {
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        return TypedResults.Ok(BoardDocument.Of(board.Where(entry => !entry.IsImported)));
    }

    /// <summary>
    /// Submits a sweep, which then trains by itself. The same sweep under the same name again changes nothing. If the body has no
    /// name, a request that is repeated with the same header `Idempotency-Key` finds the sweep that it submitted before.
    /// </summary>
    /// <param name="idempotencyKey">A key of your choice, 1 to 255 characters, the same for a request and its repetitions.</param>
    [Needs(Role.Train)]
    public static async Task<Created<StatusDocument>> Submit(HttpRequest request, GrainCalls calls, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey = null)
    {
        var order = await request.ReadJson<SweepOrder>(MaximumBody);
        var asked = order.Request();
        var repeatable = IdempotencyKey.Id(request, idempotencyKey);
        var name = order.Name is { } own ? SweepId.Check("'name'", own) : repeatable ?? SweepId.Invent();
        try
        {
            await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(name).Submit(asked, cancellation));
        }
        catch (BadInputException e) when (e.Fault is InputFault.Conflict && name == repeatable)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A request with the same {IdempotencyKey.Header} and another body led to sweep '{name}'; use a new key for another sweep.");
        }

        var progress = await KnownSweep.Find(name, calls);
        return TypedResults.Created($"sweeps/{name}", StatusDocument.Of(progress, drifts: []));
    }

    /// <summary>The state of a sweep.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<StatusDocument>> Get(string sweep, GrainCalls calls) =>
        TypedResults.Ok(StatusDocument.Of(await KnownSweep.Find(sweep, calls), drifts: []));

    /// <summary>What has come of a sweep: its trials, and its ensemble on test pairs.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<SweepDocument>> GetResult(string sweep, GrainCalls calls)
    {
        var progress = await KnownSweep.Find(sweep, calls);
        var trials = await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).GetTrials(cancellation));
        return TypedResults.Ok(SweepDocument.Of(progress, trials));
    }

    /// <summary>
    /// The events of a sweep until it ends, as server-sent events: `trial` for each trial that has ended, `status` when the state
    /// changes, and `ended`. Each has one of the documents that other operations answer with. Status 204 if there is nothing to come.
    /// </summary>
    /// <param name="after">Only events after the one with this id, like the header `Last-Event-ID`, which takes precedence: a browser cannot send the header at first.</param>
    [Needs(Role.Read), Streams]
    public static async Task<Results<ServerSentEventsResult<string>, NoContent>> GetEvents(string sweep, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, GrainCalls calls, TimeProvider time, string? after = null)
    {
        var progress = await KnownSweep.Find(sweep, calls);
        var known = string.IsNullOrEmpty(lastEventId) ? EventId.Of("'after'", after) : EventId.Of("The header 'Last-Event-ID'", lastEventId);
        return SweepEvents.IsOver(progress, known) ? TypedResults.NoContent() : TypedResults.ServerSentEvents(new SweepEvents(sweep, calls, time).After(known, calls.Ended));
    }

    /// <summary>Which hyperparameters mattered.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<ImportanceDocument>> GetImportance(string sweep, GrainCalls calls)
    {
        await KnownSweep.Find(sweep, calls);
        return TypedResults.Ok(ImportanceDocument.Of(sweep, await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).GetImportance(cancellation))));
    }

    /// <summary>Stops a sweep. Finished trials are kept, and an ensemble is formed from them if there are any.</summary>
    [Needs(Role.Train)]
    public static Task<Ok<StatusDocument>> Cancel(string sweep, GrainCalls calls) => Change(sweep, calls, (grain, cancellation) => grain.Cancel(cancellation));

    /// <summary>Ends a sweep with what is trained, and forms its ensemble.</summary>
    [Needs(Role.Train)]
    public static Task<Ok<StatusDocument>> Finish(string sweep, GrainCalls calls) => Change(sweep, calls, (grain, cancellation) => grain.Finish(cancellation));

    /// <summary>Trains failed trials again, from their last checkpoints.</summary>
    [Needs(Role.Train)]
    public static Task<Ok<StatusDocument>> Retry(string sweep, GrainCalls calls) => Change(sweep, calls, (grain, cancellation) => grain.Retry(cancellation));

    /// <summary>
    /// Adds points to a sweep, which then trains them and forms its ensemble again. The body states the total number of points, so
    /// a repeated request adds nothing more.
    /// </summary>
    [Needs(Role.Train)]
    public static async Task<Ok<StatusDocument>> Extend(string sweep, HttpRequest request, GrainCalls calls)
    {
        var order = await request.ReadJson<ExtensionOrder>(MaximumBody);
        var stop = Stops.Read(order.UntilEer, order.ForSeconds);
        var before = await KnownSweep.Find(sweep, calls);
        BadInputException.ThrowUnless(order.Points >= before.Points, $"'points': sweep '{sweep}' has {before.Points} points already, more than {order.Points}; state the total number of points that it is to have.");
        return await Change(sweep, calls, (grain, cancellation) => grain.Extend(order.Points, stop, cancellation));
    }

    /// <summary>Removes a sweep with its trials, its ensemble and the names enrolled with it, and frees their disk space. It must have ended.</summary>
    [Needs(Role.Administer)]
    public static async Task<Ok<RemovedDocument>> Remove(string sweep, GrainCalls calls)
    {
        await KnownSweep.Find(sweep, calls);
        return TypedResults.Ok(new RemovedDocument(sweep, await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).Remove(cancellation))));
    }

    private static async Task<Ok<StatusDocument>> Change(string sweep, GrainCalls calls, Func<ISweepGrain, CancellationToken, Task> change)
    {
        await KnownSweep.Find(sweep, calls);
        await calls.Make((grains, cancellation) => change(grains.GetGrain<ISweepGrain>(sweep), cancellation));
        return await Get(sweep, calls);
    }
}
