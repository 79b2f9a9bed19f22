using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Requests;

namespace Siamese.Web.Sweeps;

/// <summary>
/// The events of a sweep as server-sent events: `trial` for each trial that has ended, in the order in which they ended,
/// `status` when its state changes, and `ended`. Whoever comes back with `Last-Event-ID` gets what he missed, and nothing twice.
/// </summary>
/// <param name="sweep">The sweep's id.</param>
/// <param name="calls">Calls its grain.</param>
/// <param name="time">The time.</param>
internal sealed class SweepEvents(string sweep, GrainCalls calls, TimeProvider time)
{
    private static readonly TimeSpan _askEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>The events after the one with an id; without an id, all.</summary>
    /// <param name="after">How far the receiver has got.</param>
    /// <param name="cancellation">Ends with the request.</param>
    public async IAsyncEnumerable<SseItem<string>> After(EventId after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (cursor, last) = (after.Trials, "");
        while (true)
        {
            var progress = await calls.Make((grains, token) => grains.GetGrain<ISweepGrain>(sweep).GetProgress(cursor, token));
            foreach (var trial in progress.Ended)
                yield return Item("trial", TrialDocument.Of(trial), new EventId(++cursor, null));
            cursor = progress.Cursor;
            var status = StatusDocument.Of(progress, drifts: []);
            // The time alone does not count as a change.
            var news = JsonSerializer.Serialize(status with { Seconds = null }, JsonSerializerOptions.Web);
            if (news != last)
                yield return Item("status", status, null);
            last = news;
            if (cursor < progress.CursorEnd)
                continue;
            if (IsEnd(progress.Phase))
            {
                var end = new EventId(cursor, Words.Of(progress.Phase));
                if (end != after)
                    yield return Item("ended", status, end);
                yield break;
            }

            await Task.Delay(_askEvery, time, cancellation);
        }
    }

    /// <summary>Whether nothing has happened since the event with an id, and nothing will by itself.</summary>
    public static bool IsOver(SweepProgress progress, EventId after) => IsEnd(progress.Phase) && after == new EventId(progress.CursorEnd, Words.Of(progress.Phase));

    /// <summary>
    /// The events are text; the framework describes its own type. Only the text of the description says that there may be nothing to
    /// come: generators of clients take an operation that may answer without content for one that never has any.
    /// </summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Responses!.Remove("204");
        operation.Responses["200"].Content!["text/event-stream"].Schema = new OpenApiSchema { Type = JsonSchemaType.String };
        return Task.CompletedTask;
    }

    private static bool IsEnd(SweepPhase phase) => phase is SweepPhase.Completed or SweepPhase.Cancelled or SweepPhase.Rejected;

    private static SseItem<string> Item<T>(string type, T document, EventId? id) =>
        new(JsonSerializer.Serialize(document, JsonSerializerOptions.Web), type) { EventId = id?.ToString() };
}

/// <summary>How far a receiver of a sweep's events has got.</summary>
/// <param name="Trials">Number of ended trials that it knows.</param>
/// <param name="End">The state in which the sweep ended; null if the receiver does not know that.</param>
internal sealed record EventId(int Trials, string? End)
{
    /// <summary>Reads the id of an event; the beginning if there is none.</summary>
    /// <param name="source">What states it, for the message.</param>
    /// <param name="text">The id.</param>
    /// <exception cref="Contracts.BadInputException">It is not the id of an event.</exception>
    public static EventId Of(string source, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new(0, null);
        var parts = text.Split('.', 2);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var trials)
            ? new(trials, parts.Length == 2 ? parts[1] : null)
            : throw new Contracts.BadInputException($"{source} is '{Contracts.PlainText.Of(text)}', which is not the id of an event of this sweep; leave it out to get all events.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Trials}{(End is null ? "" : $".{End}")}");
}
