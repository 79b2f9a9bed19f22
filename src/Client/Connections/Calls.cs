using Orleans.Runtime.Messaging;

namespace Siamese.Client.Connections;

/// <summary>
/// Calls to a cluster that are made again when they go unanswered, for a while: every method of our grains may be called
/// twice. A cluster that is known to be lost is connected to anew, which starts the local silo again where it died.
/// </summary>
internal sealed class Calls(IConnector connector, ClusterChoice choice, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>From the first unanswered try of a call to giving it up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private ICluster? _cluster;

    /// <summary>Connects without calling anything.</summary>
    public async Task Connect(CancellationToken cancellation) => _cluster ??= await connector.Connect(choice, cancellation);

    /// <exception cref="NoClusterException">No answer came within <see cref="Patience"/>.</exception>
    public async Task<T> Make<T>(Func<ICluster, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        long? firstFailure = null;
        while (true)
        {
            await Connect(cancellation);
            try
            {
                return await Try(_cluster!, call, cancellation);
            }
            catch (Exception e) when (IsUnanswered(e) && !cancellation.IsCancellationRequested)
            {
                firstFailure ??= clock.GetTimestamp();
                if (clock.GetElapsedTime(firstFailure.Value) >= Patience)
                    throw new NoClusterException($"No answer from {_cluster!.Name} for {Patience.TotalSeconds:0} s; what it has finished is kept.", e);
            }
            await DropIfLost();
            await Task.Delay(_pause, clock, cancellation);
        }
    }

    /// <inheritdoc cref="Make{T}"/>
    public Task Make(Func<ICluster, CancellationToken, Task> call, CancellationToken cancellation) =>
        Make(
            async (cluster, token) =>
            {
                await call(cluster, token);
                return true;
            },
            cancellation);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<T> Try<T>(ICluster cluster, Func<ICluster, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, cluster.Lost);
        return await call(cluster, either.Token).WaitAsync(either.Token);
    }

    private async Task DropIfLost()
    {
        if (_cluster is not { Lost.IsCancellationRequested: true } lost)
            return;
        _cluster = null;
        await lost.DisposeAsync();
    }

    private static bool IsUnanswered(Exception e) =>
        e is TimeoutException or OperationCanceledException or ConnectionFailedException or SiloUnavailableException
            or OrleansMessageRejectionException or ClientNotAvailableException or GatewayTooBusyException;
}
