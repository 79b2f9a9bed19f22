namespace Siamese.Grains.Ensembles;

/// <summary>
/// The threads of this silo that verdicts are computed on, kept alive so that a verdict waits for none to start. One for
/// each processor, whatever trains beside: the system shares the processors out, and an idle silo answers with all of them.
/// </summary>
internal sealed class VerdictThreads : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Action> _next = [];
    private readonly Queue<Action> _later = [];
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
    public void Post(Action work) => Add(_later, work);

    /// <summary>Does work before all that was posted, so that calls which have just come in can still join a batch.</summary>
    /// <exception cref="ObjectDisposedException">The silo is going down.</exception>
    public Task RunNext(Action work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(_next, () =>
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

    private void Add(Queue<Action> queue, Action work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(End.IsCancellationRequested, this);
            queue.Enqueue(work);
            Monitor.Pulse(_gate);
        }
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
            Action? work;
            while (!_next.TryDequeue(out work) && !_later.TryDequeue(out work) && !End.IsCancellationRequested)
                Monitor.Wait(_gate);
            return work;
        }
    }
}
