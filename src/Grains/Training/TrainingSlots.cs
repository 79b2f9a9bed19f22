using System.Collections.Concurrent;

namespace Siamese.Grains.Training;

/// <summary>The training slots of this silo: a trial takes one from its lease to its end.</summary>
/// <param name="count">Number of slots. Default of the silo: its cores.</param>
public sealed class TrainingSlots(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentDictionary<string, bool> _offered = [];

    public int Count => count;

    /// <summary>Waits for a free slot and takes it.</summary>
    public Task Take(CancellationToken cancellation) => _free.WaitAsync(cancellation);

    public void Release() => _free.Release();

    /// <summary>Offers a slot that was taken to the trainer of that key.</summary>
    public void Offer(string trainer) => _offered[trainer] = true;

    /// <summary>
    /// Takes over a slot that was offered; whoever does is the one to release it. False where it was taken over before, or
    /// was never offered on this silo.
    /// </summary>
    public bool TakeOver(string trainer) => _offered.TryRemove(trainer, out _);

    public void Dispose() => _free.Dispose();
}
