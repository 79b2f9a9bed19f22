using Siamese.Model.Networks;

namespace Siamese.Grains.Verdicts;

/// <summary>
/// The threads that compute this silo's verdicts, kept alive so that no verdict waits for one to start. There is one for each
/// processor, even while trials train: the system shares out the processors, and an idle silo answers with all of them.
/// </summary>
internal sealed class VerdictThreads : IDisposable
{
    /// <summary>Time after which a thread looks for other work.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Queue<Action>[] _lines = [.. Enum.GetValues<Turn>().Select(_ => new Queue<Action>())];
    private readonly CancellationTokenSource _end = new();
    private readonly Thread[] _threads;
    private bool _isDecodingLarge;

    public VerdictThreads() : this(Environment.ProcessorCount) { }

    /// <param name="count">Number of threads.</param>
    /// <param name="time">The time; null for the system's.</param>
    internal VerdictThreads(int count, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = "verdicts" };
            _threads[i].Start();
        }
    }

    /// <summary>Cancelled when the silo shuts down: work that has not begun can be skipped.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Queues work for its turn. The work must not throw.</summary>
    /// <exception cref="ObjectDisposedException">The silo is shutting down.</exception>
    public void Post(Turn turn, Action work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(End.IsCancellationRequested, this);
            _lines[(int)turn].Enqueue(work);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Runs work in its turn. The task ends as the work does; it is cancelled if the work throws <see cref="OperationCanceledException"/>.</summary>
    /// <exception cref="ObjectDisposedException">The silo is shutting down.</exception>
    public Task Run(Turn turn, Action work, CancellationToken cancellation) => RunEach(turn, 0, 1, _ => work(), cancellation);

    /// <summary>
    /// Runs pieces of work one after the other, in their turn. When they have taken <see cref="Patience"/>, the others wait
    /// for their turn again, so that work queued meanwhile waits for one piece at most.
    /// </summary>
    /// <param name="turn">Their turn.</param>
    /// <param name="start">Index of the first.</param>
    /// <param name="count">Number of pieces.</param>
    /// <param name="work">Does the piece with an index.</param>
    /// <param name="cancellation">Skips what has not begun.</param>
    /// <inheritdoc cref="Run"/>
    public Task RunEach(Turn turn, int start, int count, Action<int> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(turn, () => From(start));
        return done.Task.WaitAsync(cancellation);

        void From(int first)
        {
            try
            {
                var began = _time.GetTimestamp();
                for (var i = first; i < start + count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    End.ThrowIfCancellationRequested();
                    if (i > first && _time.GetElapsedTime(began) >= Patience)
                    {
                        var rest = i;
                        Post(turn, () => From(rest));
                        return;
                    }

                    work(i);
                }

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
        }
    }

    /// <summary>Waits for work in progress; queued work is cancelled.</summary>
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

    /// <summary>The work, during which no other large image is decoded. Called under the lock.</summary>
    private Action Alone(Action work)
    {
        _isDecodingLarge = true;
        return () =>
        {
            try
            {
                work();
            }
            finally
            {
                lock (_gate)
                {
                    _isDecodingLarge = false;
                    Monitor.PulseAll(_gate);
                }
            }
        };
    }

    /// <summary>The next work; null once the silo shuts down and nothing is queued.</summary>
    private Action? Take()
    {
        lock (_gate)
        {
            while (true)
            {
                foreach (var (turn, line) in _lines.Index())
                {
                    if ((turn != (int)Turn.DecodeLarge || !_isDecodingLarge) && line.TryDequeue(out var work))
                        return turn == (int)Turn.DecodeLarge ? Alone(work) : work;
                }

                if (End.IsCancellationRequested && _lines[(int)Turn.DecodeLarge].Count == 0)
                    return null;
                Monitor.Wait(_gate);
            }
        }
    }
}

/// <summary>
/// Priority of work on the verdict threads, highest first; within one turn, first come, first served. A call with few images,
/// which a person may be waiting for, never waits for a call with many or for more than one large image. <see cref="Turns"/> decides which is which.
/// </summary>
internal enum Turn
{
    /// <summary>Decoding the images of a call with few, so that it can still join a batch.</summary>
    DecodeFew,

    /// <summary>Embedding those.</summary>
    EmbedFew,

    /// <summary>Decoding an image of many megapixels. Only one thread does so at a time; the others go on.</summary>
    DecodeLarge,

    /// <summary>Decoding the images of a call with many.</summary>
    DecodeMany,

    /// <summary>Embedding those.</summary>
    EmbedMany,
}

/// <summary>Decides a call's turn: it has few images if they fit into one chunk.</summary>
internal static class Turns
{
    public static Turn ToDecode(int images) => AreFew(images) ? Turn.DecodeFew : Turn.DecodeMany;

    public static Turn ToEmbed(int images) => AreFew(images) ? Turn.EmbedFew : Turn.EmbedMany;

    private static bool AreFew(int images) => images <= FrozenEncoder.ChunkSize;
}
