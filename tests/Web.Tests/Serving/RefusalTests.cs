using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Access;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Telemetry;
using Siamese.Web.Problems;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Serving;

/// <summary>Requests that are refused are counted and logged.</summary>
public sealed class RefusalTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private const string Audit = "Siamese.Audit";

    [Fact]
    public void Every_type_of_refusal_has_a_label() => Assert.Equal(Words.All<RequestRefusal>().Order(), Refusal.Types.Order());

    [Fact]
    public async Task A_refusal_is_logged_once_in_a_while_with_who_and_what_and_why_and_counted_each_time()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Name == "siamese.requests.refused")
                    it.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add($"{tags[0].Key}={tags[0].Value}"));
        listener.Start();
        using var http = await silo.Connect("watchingonly", Role.Read);

        for (var i = 0; i < 50; i++)
        {
            using var answer = await http.GetAsync("keys");
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        // Other tests are counted too.
        Assert.InRange(counted.Count(label => label == "siamese.problem=not-allowed"), 50, 1_000);
        var line = Assert.Single(Lines(), message => message.Contains("watchingonly", StringComparison.Ordinal));
        Assert.Equal("watchingonly at 127.0.0.1 was refused GET /api/v1/keys (not-allowed): 'watchingonly' may read, but this needs the right to administer. Ask an administrator for a key with that right.", line);
    }

    [Fact]
    public async Task A_stranger_can_neither_fill_the_log_nor_write_into_it()
    {
        using var http = silo.Connect();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "aXQ6aXM=");
        var before = Lines().Length;
        var all = silo.Log.Count;

        for (var i = 0; i < 500; i++)
        {
            using var answer = await http.GetAsync($"sweeps/stranger-{i}%0A%1B[31m");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        var added = Lines()[before..].Where(message => message.Contains("GET /api/v1/sweeps/{sweep}", StringComparison.Ordinal)).ToArray();
        Assert.InRange(added.Length, 1, 5);
        // Neither does the library log each of them.
        Assert.InRange(silo.Log.Count - all, 1, 50);
        Assert.All(added, message => Assert.StartsWith("An unknown caller at 127.0.0.1 was refused GET /api/v1/sweeps/{sweep} (no-key): ", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_over_HTTP_is_audited_with_the_key_that_made_it()
    {
        using var http = await silo.Connect("administering", Role.Administer);

        using var answer = await http.DeleteAsync("keys/administering");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("key:administering (key administering) called IKeyGrain.Revoke of 0", Lines());
    }

    private string[] Lines() => [.. silo.Log.GetSnapshot().Where(record => record.Category == Audit && record.Level >= LogLevel.Information).Select(record => record.Message)];
}
