using System.Net;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;

namespace Siamese.Client.Tests.Connections;

public sealed class GatewayRaceTests
{
    private static readonly IPEndPoint[] _gateways = [.. Enumerable.Range(1, 3).Select(i => new IPEndPoint(IPAddress.Loopback, i))];

    private readonly List<int> _tried = [];
    private readonly List<FakeCluster> _made = [];

    [Fact]
    public async Task The_first_gateway_is_enough_if_it_answers()
    {
        var winner = await Race(_ => Answers());

        Assert.Same(_made[0], winner);
        Assert.Equal([1], _tried);
    }

    [Fact]
    public async Task If_a_gateway_fails_or_hangs_the_next_one_is_tried()
    {
        var cancelled = CancellationToken.None;

        var winner = await Race(port => port switch { 1 => Fails(1), 2 => Hangs(), _ => Answers() });

        Assert.Same(_made[0], winner);
        Assert.Equal([1, 2, 3], _tried);
        Assert.True(cancelled.IsCancellationRequested);

        async Task<FakeCluster> Hangs()
        {
            cancelled = _token;
            await Task.Delay(Timeout.Infinite, _token);
            return new();
        }
    }

    [Fact]
    public async Task A_gateway_that_answers_late_can_still_win()
    {
        var first = new TaskCompletionSource<FakeCluster>();

        var race = Race(port =>
        {
            if (port == 3)
                first.SetResult(new());
            return port == 1 ? first.Task : Fails(port);
        });

        Assert.Same(await first.Task, await race);
    }

    [Fact]
    public async Task If_no_gateway_answers_the_message_says_so() =>
        Assert.Equal("3", (await Assert.ThrowsAsync<NoClusterException>(() => Race(Fails))).Message);

    [Fact]
    public async Task After_a_cancellation_no_other_gateway_is_tried()
    {
        using var cancelled = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Race(
            async _ =>
            {
                await cancelled.CancelAsync();
                await Task.Delay(Timeout.Infinite, _token);
                return new();
            },
            cancelled.Token));

        Assert.Equal([1], _tried);
    }

    private CancellationToken _token;

    private Task<FakeCluster> Race(Func<int, Task<FakeCluster>> connect, CancellationToken cancellation = default) => GatewayRace.Run(
        _gateways,
        (gateway, token) =>
        {
            _token = token;
            _tried.Add(gateway.Port);
            return connect(gateway.Port);
        },
        new SkippingClock(),
        cancellation);

    private Task<FakeCluster> Answers()
    {
        _made.Add(new());
        return Task.FromResult(_made[^1]);
    }

    private static Task<FakeCluster> Fails(int port) => Task.FromException<FakeCluster>(new NoClusterException($"{port}"));
}
