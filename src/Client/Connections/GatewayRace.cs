using System.Net;
using Siamese.Client.Outcomes;

namespace Siamese.Client.Connections;

/// <summary>
/// Connects to the first of several gateways that answers. They are tried in turn; the next one starts when the earlier ones
/// have failed or are slow, because a silo that hangs accepts connections and keeps a client waiting.
/// </summary>
internal static class GatewayRace
{
    private static readonly TimeSpan _headStart = TimeSpan.FromSeconds(2);

    /// <summary>All of them have started after this time at the latest.</summary>
    private static readonly TimeSpan _allStarted = TimeSpan.FromSeconds(20);

    /// <summary>Returns the first connection that succeeds, and abandons the others.</summary>
    /// <exception cref="NoClusterException">None succeeded.</exception>
    public static async Task<T> Run<T>(
        IPEndPoint[] gateways, Func<IPEndPoint, CancellationToken, Task<T>> connect, TimeProvider clock, CancellationToken cancellation)
        where T : IAsyncDisposable
    {
        var headStart = TimeSpan.FromTicks(Math.Min(_headStart.Ticks, _allStarted.Ticks / gateways.Length));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var entered = new List<Task<T>>();
        Task<T>? winner = null;
        try
        {
            foreach (var gateway in gateways)
            {
                cancellation.ThrowIfCancellationRequested();
                entered.Add(connect(gateway, over.Token));
                var first = FirstOf(entered);
                await (entered.Count < gateways.Length ? Task.WhenAny(first, Task.Delay(headStart, clock, over.Token)) : first);
                winner = entered.Find(attempt => attempt.IsCompletedSuccessfully);
                if (winner is not null)
                    break;
            }

            return await (winner ?? entered[^1]);
        }
        finally
        {
            await over.CancelAsync();
            foreach (var loser in entered.Where(attempt => attempt != winner))
                _ = Abandon(loser);
        }
    }

    /// <summary>Completes when the first attempt succeeds or all have failed.</summary>
    private static async Task FirstOf<T>(IEnumerable<Task<T>> attempts)
    {
        for (var running = attempts.ToList(); running.Count > 0;)
        {
            var ended = await Task.WhenAny(running);
            if (ended.IsCompletedSuccessfully)
                return;
            running.Remove(ended);
        }
    }

    private static async Task Abandon<T>(Task<T> attempt)
        where T : IAsyncDisposable
    {
        await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (attempt.IsCompletedSuccessfully)
            await (await attempt).DisposeAsync();
    }
}
