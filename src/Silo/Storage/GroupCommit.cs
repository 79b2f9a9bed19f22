using System.Collections.Concurrent;

namespace Siamese.Silo.Storage;

/// <summary>
/// Makes writes durable in groups. A disk completes a few hundred flushes a second at best, however small they are: so the
/// writes that arrive while one group is being committed are the next group, and no write waits for a group to fill.
/// </summary>
/// <typeparam name="T">One write.</typeparam>
/// <remarks>Runs on its own thread, because a commit blocks for as long as the disk takes.</remarks>
internal sealed class GroupCommit<T> : IDisposable
{
    private readonly BlockingCollection<(T Write, TaskCompletionSource Done)> _waiting = [];
    private readonly Action<IReadOnlyList<T>, CancellationToken> _commit;
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;
    private bool _isDisposed;

    /// <param name="commit">
    /// Makes a group of writes durable, all of them or none. Its token is cancelled when no more will come. If a group fails with
    /// <see cref="InvalidDataException"/>, one of its writes is at fault, and each is tried alone.
    /// </param>
    public GroupCommit(Action<IReadOnlyList<T>, CancellationToken> commit)
    {
        _commit = commit;
        _thread = new Thread(CommitAll) { IsBackground = true, Name = "group commit" };
        _thread.Start();
    }

    /// <summary>Completes once the write is durable; fails if it is at fault, or if the whole group cannot be written.</summary>
    public Task Add(T write)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((write, done));
        return done.Task;
    }

    /// <summary>Takes no more writes, and returns when the pending ones are committed. May be called again.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _waiting.CompleteAdding();
        _closing.Cancel();
        _thread.Join();
        _waiting.Dispose();
        _closing.Dispose();
    }

    private void CommitAll()
    {
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            var group = new List<(T Write, TaskCompletionSource Done)> { first };
            while (_waiting.TryTake(out var next))
                group.Add(next);
            Commit(group);
        }
    }

    private void Commit(List<(T Write, TaskCompletionSource Done)> group)
    {
        try
        {
            _commit(group.ConvertAll(waiting => waiting.Write), _closing.Token);
        }
        catch (InvalidDataException) when (group.Count > 1)
        {
            foreach (var alone in group)
                Commit([alone]);
            return;
        }
        catch (Exception e)
        {
            foreach (var (_, done) in group)
                done.SetException(e);
            return;
        }

        foreach (var (_, done) in group)
            done.SetResult();
    }
}
