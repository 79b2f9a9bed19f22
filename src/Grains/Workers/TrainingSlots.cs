namespace Siamese.Grains.Workers;

/// <summary>
/// The training slots of this silo. A trial occupies one from its lease to the end of its training; the next trial need not
/// wait until the result is stored.
/// </summary>
/// <param name="count">Number of slots. The silo's default: one per core.</param>
public sealed class TrainingSlots(int count) : IDisposable
{
    /// <summary>Number of undelivered results, for example while the store is slow or unreachable, beyond which no new trial starts.</summary>
    public const int MaximumUndelivered = 64;

    private readonly SemaphoreSlim _free = new(count, count);
    private readonly SemaphoreSlim _room = new(count + MaximumUndelivered, count + MaximumUndelivered);

    public int Count => count;

    /// <summary>Waits for a free slot and for room for its result, and takes both.</summary>
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

    /// <summary>Frees the slot: training has ended or never began.</summary>
    public void Release() => _free.Release();

    /// <summary>Frees the room for the result: it is stored, or there is none.</summary>
    public void Deliver() => _room.Release();

    public void Dispose()
    {
        _free.Dispose();
        _room.Dispose();
    }
}
