using System.Security.Cryptography;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;
using Siamese.Client.Outcomes;
using Siamese.Contracts;

namespace Siamese.Client.Connections;

/// <summary>
/// Calls a cluster, and retries unanswered calls for a while: every method of our grains may be called twice. If the
/// cluster is known to be lost, the next call connects again, which restarts a local silo that died.
/// </summary>
internal sealed class Calls(IConnector connector, ClusterChoice choice, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Time from the first unanswered attempt of a call until it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Time limit of the first attempt; each attempt that reaches its limit adds this much. A dead silo is soon abandoned
    /// for another, and a slow call is still answered. Orleans itself gives up after 30 s.
    /// </summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    /// <summary>The longest time limit, which large calls get at once: on a slow line, giving up early means sending everything again.</summary>
    private static readonly TimeSpan _longestLimit = TimeSpan.FromSeconds(30);

    /// <summary>Time until a call is given up that the silo refuses because it has too much to do: it is alive.</summary>
    private static readonly TimeSpan _patienceIfBusy = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task<ICluster>? _cluster;

    /// <summary>Connects without calling anything.</summary>
    public Task Connect(CancellationToken cancellation) => Reach(Connection(cancellation));

    /// <exception cref="NoClusterException">No answer came within <see cref="Patience"/>, or only failures.</exception>
    public Task<T> Make<T>(Func<ICluster, CancellationToken, Task<T>> call, CancellationToken cancellation) => Make(call, _limit, cancellation);

    /// <summary>Makes a call that carries a lot of data and takes time on a slow line.</summary>
    /// <inheritdoc cref="Make{T}(Func{ICluster, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> MakeLarge<T>(Func<ICluster, CancellationToken, Task<T>> call, CancellationToken cancellation) => Make(call, _longestLimit, cancellation);

    /// <inheritdoc cref="Make{T}(Func{ICluster, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task Make(Func<ICluster, CancellationToken, Task> call, CancellationToken cancellation) =>
        Make(
            async (cluster, token) =>
            {
                await call(cluster, token);
                return true;
            },
            cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { IsCompletedSuccessfully: true } connected)
            await (await connected).DisposeAsync();
    }

    /// <summary>One connection, shared by concurrent calls.</summary>
    private Task<ICluster> Connection(CancellationToken cancellation)
    {
        lock (_lock)
            return _cluster ??= connector.Connect(choice, cancellation);
    }

    private async Task<ICluster> Reach(Task<ICluster> connection)
    {
        try
        {
            return await connection;
        }
        catch
        {
            Drop(connection);
            throw;
        }
    }

    private async Task<T> Make<T>(Func<ICluster, CancellationToken, Task<T>> call, TimeSpan firstLimit, CancellationToken cancellation)
    {
        long? firstFailure = null, busySince = null;
        for (var limit = firstLimit; ;)
        {
            var connection = Connection(cancellation);
            var cluster = await Reach(connection);
            var began = clock.GetTimestamp();
            try
            {
                return await Try(cluster, call, limit, cancellation);
            }
            catch (BusyException busy)
            {
                busySince ??= clock.GetTimestamp();
                if (clock.GetElapsedTime(busySince.Value) >= _patienceIfBusy)
                    throw new NoClusterException($"{Capital(cluster.Name)} has been busy for {_patienceIfBusy.TotalMinutes:0} min: {busy.Message}", busy);
                // Not all at the same time.
                await Task.Delay(busy.RetryAfter * (RandomNumberGenerator.GetInt32(50, 150) / 100.0), clock, cancellation);
                continue;
            }
            catch (Exception e) when (IsUnanswered(e) && !cancellation.IsCancellationRequested)
            {
                firstFailure ??= clock.GetTimestamp();
                if (clock.GetElapsedTime(firstFailure.Value) >= Patience)
                    throw new NoClusterException(Sentence(cluster.Name, e), e);
                // A refused connection says nothing about how long an answer takes.
                if (clock.GetElapsedTime(began) >= limit)
                    limit = TimeSpan.FromTicks(Math.Min((limit + _limit).Ticks, _longestLimit.Ticks));
            }
            if (cluster.Lost.IsCancellationRequested && Drop(connection))
                await cluster.DisposeAsync();
            await Task.Delay(_pause, clock, cancellation);
        }
    }

    private async Task<T> Try<T>(
        ICluster cluster, Func<ICluster, CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, cluster.Lost, cluster.NextDisconnection);
        var answer = call(cluster, ended.Token);
        try
        {
            return ClusterText.InOptions(await answer.WaitAsync(limit, clock, ended.Token));
        }
        catch (BadInputException e)
        {
            throw ClusterText.InOptions(e);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            await ended.CancelAsync();
            cluster.Disconnect();
            throw;
        }
    }

    /// <summary>Makes the next call connect again; false if another call has done so.</summary>
    private bool Drop(Task<ICluster> connection)
    {
        lock (_lock)
        {
            if (_cluster != connection)
                return false;
            _cluster = null;
            return true;
        }
    }

    /// <summary>
    /// Whether a retry may succeed. The client knows the types of exceptions that our grains throw on purpose. One that it
    /// cannot read comes from inside a silo, such as from an unreachable store or from its directory while other silos are lost.
    /// </summary>
    private static bool IsUnanswered(Exception e) => Innermost(e) is not InvalidDataException && e is TimeoutException or OperationCanceledException or OrleansException or SerializerException or UnavailableExceptionFallbackException or IOException
            or TypeLoadException or StoreUnavailableException;

    /// <summary>Why a call is given up. A failure other than silence comes from a silo, and its message says more.</summary>
    private static string Sentence(string cluster, Exception last)
    {
        if (last is TimeoutException or OperationCanceledException or OrleansMessageRejectionException or ConnectionFailedException
            or GatewayTooBusyException)
        {
            return $"No answer from {cluster} for {Patience.TotalSeconds:0} s; what it has finished is kept.";
        }

        var cause = Innermost(last);
        return $"{Capital(cluster)} answers, but cannot do it: {cause.Message.ReplaceLineEndings(" ").TrimEnd('.')}; see its log.";
    }

    /// <summary>Orleans wraps exceptions of its storage in one that says where they were thrown.</summary>
    private static Exception Innermost(Exception e) => e is OrleansException && e.InnerException is { } within ? Innermost(within) : e;

    private static string Capital(string cluster) => $"{char.ToUpperInvariant(cluster[0])}{cluster[1..]}";
}
