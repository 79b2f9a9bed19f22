using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Access;
using Siamese.Web.Limits;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Limits;

/// <summary>How much a silo does at a time.</summary>
public sealed class PlacesTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private static readonly RequestLimits _limits = new();

    [Fact]
    public void One_caller_leaves_places_for_others_and_all_together_take_no_more_than_there_are()
    {
        using var places = new Places("requests", 5, 3);
        var first = Enumerable.Range(0, 3).Select(_ => places.Take("a")).ToArray();

        Assert.Equal("This silo deals with at most 3 requests of one caller at a time; try again when some of yours have ended.", Refusal(() => places.Take("a")));
        Assert.Equal(2, Enumerable.Range(0, 2).Select(_ => places.Take("b")).Count());
        Assert.Equal("This silo deals with at most 5 requests at a time; try again, or ask another silo.", Refusal(() => places.Take("b")));

        first[0].Dispose();
        // What was refused has taken nothing.
        places.Take("b").Dispose();
        places.Take("a").Dispose();
    }

    [Fact]
    public void What_is_larger_than_ones_share_is_taken_alone()
    {
        using var places = new Places("megabytes", 5, 3);

        using var large = places.Take("a", 1_000_000);

        Refusal(() => places.Take("a"));
        places.Take("b", 2).Dispose();
    }

    [Theory]
    [InlineData("sweeps/slow", "requests", 128)]
    [InlineData("sweeps/slow/events", "streams of events", 200)]
    public async Task A_caller_with_too_many_requests_is_sent_away_for_a_second_and_others_are_answered(string address, string what, int limit)
    {
        Assert.Equal(limit, what is "requests" ? _limits.RequestsOfOne : _limits.StreamsOfOne);
        using var http = await silo.Connect($"manyrequests{limit}", Role.Read);
        using var other = await silo.Connect($"otherrequests{limit}", Role.Read);
        using var left = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, limit).Select(_ => http.GetAsync(address, left.Token)).ToArray();
        await Until.Holds(() => silo.Calls.Waiting == limit);

        using var refused = await http.GetAsync(address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal($"This silo deals with at most {limit} {what} of one caller at a time; try again when some of yours have ended.", await refused.Problem("busy"));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("sweeps")).StatusCode);
        // Requests and streams have places of their own.
        Assert.Equal(what is "requests" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, (await http.GetAsync("sweeps")).StatusCode);

        await left.CancelAsync();
        await Task.WhenAll(waiting.Select(one => one.ContinueWith(_ => { }, TaskScheduler.Default)));
        await Until.Holds(() => silo.Calls.Waiting == 0);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("sweeps")).StatusCode);
    }

    [Fact]
    public async Task A_caller_whose_bodies_take_too_much_memory_is_sent_away_before_the_next_is_read()
    {
        using var http = await silo.Connect("largebodies", Role.Ask);
        using var first = await RawHttp.Connect(silo.Address);
        using var second = await RawHttp.Connect(silo.Address);
        await first.Send(RawHttp.Post(http, "embeddings", 50_000_000));
        await second.Send(RawHttp.Post(http, "embeddings", 50_000_000));

        // A body of which nobody knows the length takes places as it arrives.
        HttpStatusCode status;
        do
            status = await Endless(http);
        while (status is HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        using var refused = await RawHttp.Connect(silo.Address);
        await refused.Send(RawHttp.Post(http, "embeddings", 30_000_000));
        var answer = await refused.ReadToEnd();
        Assert.Equal(503, answer.Status);
        Assert.Equal("urn:siamese:problem:busy", JsonDocument.Parse(answer.Document).RootElement.GetProperty("type").GetString());
        Assert.Contains("Retry-After: 1", answer.Head, StringComparison.Ordinal);
        using var small = await http.PostAsJsonAsync("embeddings", new { images = Array.Empty<object>(), ensemble = "nobody" });
        Assert.Equal(HttpStatusCode.NotFound, small.StatusCode);
    }

    private static async Task<HttpStatusCode> Endless(HttpClient http)
    {
        using var body = new StreamContent(new Spaces(40_000_000)) { Headers = { ContentType = new("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "embeddings") { Content = body, Headers = { TransferEncodingChunked = true } };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Refusal(Action take) => Assert.Throws<Problems.ProblemException>(take).Message;
}
