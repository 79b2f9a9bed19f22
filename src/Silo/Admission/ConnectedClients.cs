using System.Collections.Concurrent;

namespace Siamese.Silo.Admission;

/// <summary>
/// Ends the calls of clients that have left. Orleans computes them to the end, because a client might connect again and take
/// the answer; ours ask again instead. Knows the clients of this silo's gateway, which also answers their verdicts.
/// </summary>
internal sealed class ConnectedClients : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<GrainId, CancellationTokenSource> _left = [];

    /// <summary>Serves a client's connection to its end, and then cancels the calls that the client made meanwhile.</summary>
    /// <param name="client">The client.</param>
    /// <param name="serve">Serves it.</param>
    public async Task Serve(GrainId client, Func<Task> serve)
    {
        using var left = new CancellationTokenSource();
        _left[client] = left;
        try
        {
            await serve();
        }
        finally
        {
            // A newer connection of the same client stays.
            _left.TryRemove(new(client, left));
            await left.CancelAsync();
        }
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is not { } source || !context.Request.IsCancellable || !_left.TryGetValue(source, out var left))
        {
            await context.Invoke();
            return;
        }

        using var _ = OnLeft(left, () => context.Request.TryCancel());
        await context.Invoke();
    }

    private static CancellationTokenRegistration OnLeft(CancellationTokenSource left, Action cancel)
    {
        try
        {
            return left.Token.UnsafeRegister(static action => ((Action)action!)(), cancel);
        }
        catch (ObjectDisposedException)
        {
            // It has just left.
            cancel();
            return default;
        }
    }
}
