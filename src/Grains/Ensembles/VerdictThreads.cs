namespace Siamese.Grains.Ensembles;

/// <summary>
/// The threads of this silo that verdicts are computed on, kept alive so that a verdict waits for none to start. One for
/// each processor, whatever trains beside: the system shares the processors out, and an idle silo answers with all of them.
/// </summary>
internal sealed class VerdictThreads : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Action>[] _lines = [.. Enum.GetValues<Turn>().Select(_ => new Queue<Action>())];
    private readonly CancellationTokenSource _end = new();
    private readonly Thread[] _threads;

    public VerdictThreads() : this(Environment.ProcessorCount) { }

    internal VerdictThreads(int count)
    {
        _threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = "verdicts" };
            _threads[i].Start();
        }
    }

    /// <summary>Cancelled when the silo goes down: work that has not begun need not be done.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Has work done in its turn. It must not throw.</summary>
    /// <exception cref="ObjectDisposedException">The silo is going down.</exception>
    public void Post(Turn turn, Action work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(End.IsCancellationRequested, this);
            _lines[(int)turn].Enqueue(work);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Does work in its turn; ends as it does, called off where the work says so.</summary>
    /// <exception cref="ObjectDisposedException">The silo is going down.</exception>
    public Task Run(Turn turn, Action work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(turn, () =>
        {
            if (cancellation.IsCancellationRequested || End.IsCancellationRequested)
            {
                done.SetCanceled(cancellation);
                return;
            }

            try
            {
                work();
                done.SetResult();
            }
            catch (OperationCanceledException)
            {
                done.SetCanceled(cancellation);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.WaitAsync(cancellation);
    }

    /// <summary>Waits for what is being computed; what waits in line is called off.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (End.IsCancellationRequested)
                return;
            _end.Cancel();
            Monitor.PulseAll(_gate);
        }

        foreach (var thread in _threads)
            thread.Join();
    }

    private void Work()
    {
        while (Take() is { } work)
            work();
    }

    /// <summary>Null where nothing will come any more.</summary>
    private Action? Take()
    {
        lock (_gate)
        {
            while (true)
            {
                foreach (var line in _lines)
                {
                    if (line.TryDequeue(out var work))
                        return work;
                }

                if (End.IsCancellationRequested)
                    return null;
                Monitor.Wait(_gate);
            }
        }
    }
}
