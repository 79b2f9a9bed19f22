using System.Collections.Concurrent;

namespace Siamese.Grains.Training;

/// <summary>
/// The training slots of this silo. A trial takes one from its lease to the end of its training; the next one need not
/// wait until its result is stored.
/// </summary>
/// <param name="count">Number of slots. Default of the silo: its cores.</param>
public sealed class TrainingSlots(int count) : IDisposable
{
    /// <summary>Results that may be on their way to a store that is slow or away, before no new trial is begun.</summary>
    public const int MaximumUndelivered = 64;

    private readonly SemaphoreSlim _free = new(count, count);
    private readonly SemaphoreSlim _room = new(count + MaximumUndelivered, count + MaximumUndelivered);
    private readonly ConcurrentDictionary<string, bool> _offered = [];

    public int Count => count;

    /// <summary>Waits for a free slot and room for its result, and takes both.</summary>
    public async Task Take(CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation);
        try
        {
            await _free.WaitAsync(cancellation);
        }
        catch
        {
            _room.Release();
            throw;
        }
    }

    /// <summary>Training has ended, or never began.</summary>
    public void Release() => _free.Release();

    /// <summary>The result is stored, or there is none.</summary>
    public void Deliver() => _room.Release();

    /// <summary>Offers a slot that was taken to the trainer of that key.</summary>
    public void Offer(string trainer) => _offered[trainer] = true;

    /// <summary>
    /// Takes over a slot that was offered; whoever does is the one to release it. False where it was taken over before, or
    /// was never offered on this silo.
    /// </summary>
    public bool TakeOver(string trainer) => _offered.TryRemove(trainer, out _);

    public void Dispose()
    {
        _free.Dispose();
        _room.Dispose();
    }
}
