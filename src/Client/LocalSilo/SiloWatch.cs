namespace Siamese.Client.LocalSilo;

/// <summary>Checks twice a second whether a silo's process is still running, because calls in flight to it do not fail when it dies.</summary>
internal sealed class SiloWatch : IDisposable
{
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _gone = new();
    private readonly ITimer _timer;

    public SiloWatch(SiloProcess process, TimeProvider clock) =>
        _timer = clock.CreateTimer(_ => Look(process), null, _period, _period);

    /// <summary>Cancelled once the process is gone.</summary>
    public CancellationToken Gone => _gone.Token;

    // Does not dispose the source of the token: calls may still be linked to it.
    public void Dispose() => _timer.Dispose();

    private void Look(SiloProcess process)
    {
        if (!process.IsAlive)
            _gone.Cancel();
    }
}
