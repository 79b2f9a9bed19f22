using Orleans.Runtime.Messaging;
using Orleans.Serialization;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Connections;

public sealed class CallsTests
{
    private static readonly ClusterChoice _local = new([], null, null);

    [Fact]
    public async Task A_call_in_flight_to_a_lost_cluster_is_repeated_on_a_new_connection()
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
    public async Task A_call_that_hangs_is_repeated_over_other_connections_with_more_time_each()
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);
        var made = new List<double>();
        var told = new List<CancellationToken>();

        await calls.Make(
            (_, token) =>
            {
                made.Add(clock.GetElapsedTime(0).TotalSeconds);
                told.Add(token);
                return made.Count == 4 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, CancellationToken.None);
            },
            CancellationToken.None);

        Assert.Equal([0, 10.5, 31, 61.5], made);
        Assert.Equal(3, cluster.Disconnections);
        Assert.All(told[..3], token => Assert.True(token.IsCancellationRequested));
    }

    [Fact]
    public async Task Refused_connections_do_not_lengthen_the_wait_for_a_silo_that_accepts_one_and_never_answers()
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);
        var made = new List<double>();

        await calls.Make(
            (_, _) =>
            {
                made.Add(clock.GetElapsedTime(0).TotalSeconds);
                return made.Count switch
                {
                    <= 3 => Task.FromException(new ConnectionFailedException("refused")),
                    4 => Task.Delay(Timeout.Infinite, CancellationToken.None),
                    _ => Task.CompletedTask,
                };
            },
            CancellationToken.None);

        Assert.Equal([0, 0.5, 1, 1.5, 12], made);
    }

    [Fact]
    public async Task A_large_call_gets_the_longest_timeout_at_once()
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);
        var made = new List<double>();

        await calls.MakeLarge(
            (_, _) =>
            {
                made.Add(clock.GetElapsedTime(0).TotalSeconds);
                return made.Count == 3 ? Task.FromResult(true) : Task.Delay(Timeout.Infinite, CancellationToken.None).ContinueWith(_ => true, TaskScheduler.Default);
            },
            CancellationToken.None);

        Assert.Equal([0, 30.5, 61], made);
    }

    [Fact]
    public async Task A_call_in_flight_when_a_connection_ends_is_repeated_at_once_on_the_remaining_ones()
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);
        var tries = 0;

        await calls.Make(
            (_, token) =>
            {
                if (++tries > 1)
                    return Task.CompletedTask;
                cluster.LoseConnection();
                return Task.Delay(Timeout.Infinite, token);
            },
            CancellationToken.None);

        Assert.Equal((2, 0.5), (tries, clock.GetElapsedTime(0).TotalSeconds));
        Assert.Single(cluster.Connections);
    }

    [Fact]
    public async Task The_client_gives_up_after_a_minute()
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);

        await Assert.ThrowsAsync<NoClusterException>(
            () => calls.Make<SweepProgress>((_, _) => throw new TimeoutException(), CancellationToken.None));

        Assert.Equal(Calls.Patience, clock.GetElapsedTime(0));
    }

    [Theory]
    [MemberData(nameof(StoreFailures))]
    public async Task A_store_that_is_away_is_waited_for_and_then_named(Exception failure)
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);
        var attempts = 0;

        Assert.Equal(3, await calls.Make((_, _) => ++attempts < 3 ? Task.FromException<int>(failure) : Task.FromResult(attempts), CancellationToken.None));
        var error = await Assert.ThrowsAsync<NoClusterException>(() => calls.Make((_, _) => Task.FromException(failure), CancellationToken.None));

        Assert.Equal("The fake cluster answers, but cannot do it: The store in database x cannot be used; see its log.", error.Message);
    }

    [Fact]
    public async Task What_the_store_refuses_is_not_tried_again()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());
        var (attempts, refused) = (0, new OrleansException("Error from storage provider.", new InvalidDataException("The store refuses a value.")));

        await Assert.ThrowsAsync<OrleansException>(() => calls.Make((_, _) => ++attempts > 0 ? Task.FromException(refused) : Task.CompletedTask, CancellationToken.None));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_busy_silo_is_asked_again_after_the_time_that_it_names()
    {
        await using var cluster = new FakeCluster();
        var clock = new SkippingClock();
        await using var calls = new Calls(cluster, _local, clock);
        var attempts = 0;

        Assert.Equal(4, await calls.Make((_, _) => ++attempts < 4 ? Task.FromException<int>(new BusyException("Busy.") { RetryAfter = TimeSpan.FromSeconds(2) }) : Task.FromResult(attempts), CancellationToken.None));

        Assert.InRange(clock.GetElapsedTime(0).TotalSeconds, 3, 9);
        Assert.False(cluster.Lost.IsCancellationRequested);
        var error = await Assert.ThrowsAsync<NoClusterException>(() => calls.Make((_, _) => Task.FromException(new BusyException("Busy.")), CancellationToken.None));
        Assert.Equal("The fake cluster has been busy for 10 min: Busy.", error.Message);
    }

    public static TheoryData<Exception> StoreFailures => new(
        new StoreUnavailableException("The store in database x cannot be used."),
        new OrleansException("Error from storage provider Default.", new StoreUnavailableException("The store in database x cannot be used.")),
        // A silo of another build may send an exception of a type that this client does not have.
        new TypeLoadException("The store in database x cannot be used."));

    [Fact]
    public async Task A_cluster_that_answers_with_an_error_is_not_reported_as_silent()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());
        var full = new IOException("The disk is full: there is no space for siamese.db.", new IOException("Error 13"));

        Task Fail() => throw new OrleansException("Error from storage provider Default.", new OrleansException("While writing.", full));
        var error = await Assert.ThrowsAsync<NoClusterException>(() => calls.Make((_, _) => Fail(), CancellationToken.None));

        Assert.Equal("The fake cluster answers, but cannot do it: The disk is full: there is no space for siamese.db; see its log.", error.Message);
    }

    [Fact]
    public async Task A_cluster_with_a_lost_silo_is_reported_as_silent()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());

        Task Fail() => throw new SiloUnavailableException("gone", new IOException("reset"));
        var error = await Assert.ThrowsAsync<NoClusterException>(() => calls.Make((_, _) => Fail(), CancellationToken.None));

        Assert.StartsWith("No answer from the fake cluster", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unexpected_errors_of_a_silo_are_retried()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());
        var problems = new Queue<Exception>(
            [new SiloUnavailableException(), new CodecNotFoundException("Of the directory."), new UnavailableExceptionFallbackException()]);

        await calls.Make((_, _) => problems.TryDequeue(out var problem) ? throw problem : Task.CompletedTask, CancellationToken.None);

        Assert.Empty(problems);
    }

    [Fact]
    public async Task Bad_input_is_not_retried()
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
    public async Task A_cancellation_by_the_user_is_not_reported_as_silence()
    {
        await using var cluster = new FakeCluster();
        await using var calls = new Calls(cluster, _local, new SkippingClock());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => calls.Make((_, token) => Task.Delay(Timeout.Infinite, token), cancelled.Token));
    }
}
