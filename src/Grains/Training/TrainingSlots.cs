namespace Siamese.Grains.Training;

/// <summary>The training slots of this silo: a trial takes one from its lease to its end.</summary>
/// <param name="count">Number of slots. Default of the silo: its cores.</param>
public sealed class TrainingSlots(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);

    public int Count => count;

    /// <summary>Waits for a free slot and takes it.</summary>
    public Task Take(CancellationToken cancellation) => _free.WaitAsync(cancellation);

    public void Release() => _free.Release();

    public void Dispose() => _free.Dispose();
}
