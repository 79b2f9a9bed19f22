using System.Diagnostics;
using System.Net;
using Siamese.Contracts.Access;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Limits;

/// <summary>What the HTTP server puts up with before anything of ours is asked.</summary>
public sealed class ServerLimitTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private const string Get = "GET /api/v1/cluster HTTP/1.1\r\nHost: localhost\r\n";

    [Theory]
    [InlineData(17_000, 1, 431)]
    [InlineData(100, 65, 431)]
    [InlineData(100, 50, 200)]
    public async Task Headers_have_a_maximum_size_and_number(int length, int number, int status)
    {
        var headers = string.Concat(Enumerable.Range(0, number).Select(i => $"X-{i}: {new string('x', length)}\r\n"));

        Assert.Equal(status, (await RawHttp.Ask(silo.Address, $"{Get}Connection: close\r\n{headers}\r\n")).Status);
    }

    [Theory]
    [InlineData(7_000, 404)]
    [InlineData(9_000, 414)]
    public async Task An_address_has_a_maximum_length(int length, int status) =>
        Assert.Equal(status, (await RawHttp.Ask(silo.Address, $"GET /{new string('a', length)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).Status);

    [Fact]
    public async Task Headers_that_do_not_arrive_are_not_waited_for()
    {
        var began = Stopwatch.GetTimestamp();

        var answer = await RawHttp.Ask(silo.Address, Get);

        Assert.Equal(408, answer.Status);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task A_body_that_arrives_too_slowly_is_not_waited_for()
    {
        using var http = await silo.Connect("slowsender", Role.Train);
        using var connection = await RawHttp.Connect(silo.Address);
        await connection.Send(RawHttp.Post(http, "sweeps", 100_000));
        var sent = connection.Send("{ ");
        var began = Stopwatch.GetTimestamp();

        var answer = await connection.ReadToEnd();

        await sent;
        Assert.Equal(400, answer.Status);
        Assert.Contains("The body arrived too slowly", answer.Body, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Strangers_who_keep_connections_open_shut_nobody_out()
    {
        using var known = silo.Connect();
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("cluster")).StatusCode);
        var strangers = new List<RawHttp>();
        try
        {
            // An address has room for 512 connections that have sent no valid request.
            for (var i = 0; i < 600; i++)
                strangers.Add(await RawHttp.Connect(silo.Address));

            Assert.Equal(0, (await strangers[0].ReadToEnd()).Status);
            Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("cluster")).StatusCode);
            using var late = silo.Connect();
            Assert.Equal(HttpStatusCode.OK, (await late.GetAsync("cluster")).StatusCode);
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }
}
