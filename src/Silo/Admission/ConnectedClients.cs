using System.Collections.Concurrent;

namespace Siamese.Silo.Admission;

/// <summary>
/// Ends the calls of clients that have left. Orleans computes them to the end, because a client might connect again and take
/// the answer; ours ask again instead. Knows the clients of this silo's gateway, which also answers their verdicts.
/// </summary>
/// <param name="time">The time.</param>
internal sealed class ConnectedClients(TimeProvider time) : IIncomingGrainCallFilter
{
    /// <summary>
    /// How long a client that has left is remembered: its last calls may have arrived, but not begun. Not for long, because it
    /// may be back, through another silo.
    /// </summary>
    private static readonly TimeSpan _memory = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<GrainId, CancellationTokenSource> _left = [];

    /// <summary>Serves a client's connection to its end, and then cancels the calls that the client made meanwhile.</summary>
    /// <param name="client">The client.</param>
    /// <param name="serve">Serves it.</param>
    public async Task Serve(GrainId client, Func<Task> serve)
    {
        var left = new CancellationTokenSource();
        _left[client] = left;
        try
        {
            await serve();
        }
        finally
        {
            await left.CancelAsync();
            Forget(client, left).Ignore();
        }
    }

    private async Task Forget(GrainId client, CancellationTokenSource left)
    {
        await Task.Delay(_memory, time);
        // If the client has connected again, its newer connection stays.
        _left.TryRemove(new(client, left));
        left.Dispose();
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is not { } source || !context.Request.IsCancellable || Changes.Are(context.InterfaceMethod) || !_left.TryGetValue(source, out var left))
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
