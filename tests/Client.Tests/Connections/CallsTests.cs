using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Connections;

public sealed class CallsTests
{
    private static readonly ClusterChoice _local = new([], null, null);

    [Fact]
    public async Task A_call_in_flight_to_a_lostcluster_is_made_again_on_a_new_connection()
    {
        await using var cluster = new FakeCluster();
        var successor = new FakeCluster();
        cluster.Successors.Enqueue(successor);
        await using var calls = new Calls(cluster, _local, new SkippingClock());

        var answerer = await calls.Make(
            async (asked, token) =>
            {
                if (asked == cluster)
                {
                    cluster.Lose();
                    await Task.Delay(Timeout.Infinite, token);
                }
                return asked;
            },
            CancellationToken.None);

        Assert.Same(successor, answerer);
        Assert.Equal(2, cluster.Connections.Count);
    }

    [Fact]
    public async Task A_timeout_keeps_the_connection()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());
        var tries = 0;

        await calls.Make((_, _) => ++tries < 3 ? throw new TimeoutException() : Task.CompletedTask, CancellationToken.None);

        Assert.Equal(3, tries);
        Assert.Single(cluster.Connections);
    }

    [Fact]
    public async Task Patience_ends_after_a_minute()
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);

        await Assert.ThrowsAsync<NoClusterException>(
            () => calls.Make<SweepProgress>((_, _) => throw new TimeoutException(), CancellationToken.None));

        Assert.Equal(Calls.Patience, clock.GetElapsedTime(0));
    }

    [Fact]
    public async Task Bad_input_is_not_tried_again()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());
        var tries = 0;

        await Assert.ThrowsAsync<BadInputException>(() => calls.Make(
            (_, _) =>
            {
                tries++;
                throw new BadInputException("Bad.");
            },
            CancellationToken.None));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task The_users_cancellation_is_not_taken_for_silence()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => calls.Make((_, token) => Task.Delay(Timeout.Infinite, token), cancelled.Token));
    }
}
