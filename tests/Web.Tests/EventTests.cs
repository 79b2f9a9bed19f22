using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests;

/// <summary>The events of a sweep.</summary>
public sealed class EventTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    /// <summary>A receiver that is cut off states the last id that it got, as a browser does.</summary>
    [Fact]
    public async Task A_receiver_that_is_cut_off_ten_times_gets_every_event_once_and_in_order()
    {
        using var http = silo.Connect();
        using var submitted = await http.PostAsJsonAsync("sweeps", new { name = "watched", space = new { epochs = 1, steps = 5, margin = Enumerable.Range(1, 15).ToArray() } });
        Assert.Equal(HttpStatusCode.Created, submitted.StatusCode);

        var (cuts, events) = (0, new List<SseItem<string>>());
        string? last = null;
        while (events.All(item => item.EventType != "ended"))
        {
            // Cut off after one event with an id, until it was cut off ten times.
            var got = await Receive(http, "watched", last, most: cuts < 10 ? 1 : int.MaxValue);
            cuts++;
            events.AddRange(got);
            last = got.LastOrDefault(item => item.EventId is not null).EventId ?? last;
        }

        Assert.True(cuts > 10);
        var trials = events.Where(item => item.EventType == "trial").ToArray();
        Assert.Equal(Enumerable.Range(1, 15).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), trials.Select(item => item.EventId));
        Assert.Equal(15, trials.Select(item => JsonDocument.Parse(item.Data).RootElement.GetProperty("trial").GetString()).Distinct().Count());
        Assert.Equal("ended", events[^1].EventType);
        Assert.Single(events, item => item.EventType == "ended");

        using var request = Request("watched", events[^1].EventId);
        using var nothing = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    [Fact]
    public async Task An_id_that_is_none_is_refused()
    {
        using var http = silo.Connect();
        using var submitted = await http.PostAsJsonAsync("sweeps", new { name = "other", space = new { epochs = 1, steps = 5 } });
        using var request = Request("other", "latest");
        using var answer = await http.SendAsync(request);

        Assert.Contains("'latest'", await answer.Problem("invalid"), StringComparison.Ordinal);
    }

    /// <summary>A browser cannot send the header at first, but knows from its page how far it has got.</summary>
    [Fact]
    public async Task A_receiver_can_begin_after_an_event_that_its_address_states()
    {
        await silo.Train();
        using var http = silo.Connect();
        using var ended = await http.GetAsync($"sweeps/{ApiSilo.Ensemble}/events?after=2.completed");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);

        Assert.Equal(["2.completed"], Ids(await http.GetStringAsync($"sweeps/{ApiSilo.Ensemble}/events?after=2")));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"sweeps/{ApiSilo.Ensemble}/events?after=0") { Headers = { { "Last-Event-ID", "1" } } };
        using var header = await http.SendAsync(request);
        Assert.Equal(["2", "2.completed"], Ids(await header.Content.ReadAsStringAsync()));
        using var odd = await http.GetAsync($"sweeps/{ApiSilo.Ensemble}/events?after=latest");
        Assert.StartsWith("'after' is 'latest'", await odd.Problem("invalid"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(string events) =>
        SseParser.Create(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(events))).Enumerate().Select(item => item.EventId).OfType<string>().Distinct();

    private static HttpRequestMessage Request(string sweep, string? last)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"sweeps/{sweep}/events");
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        return request;
    }

    /// <summary>The events until the connection is cut off, after some with ids, or until they end.</summary>
    private static async Task<List<SseItem<string>>> Receive(HttpClient http, string sweep, string? last, int most)
    {
        using var request = Request(sweep, last);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            events.Add(item);
            if (events.Count(known => known.EventId is not null) >= most)
                break;
        }

        return events;
    }
}
