using Siamese.Client.Outcomes;

namespace Siamese.Client.LocalSilo;

/// <summary>The right to look for a local silo and to start one: if two clients start at once, one waits. The end of the process releases it too.</summary>
internal sealed class SiloLock : IDisposable
{
    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private SiloLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a data folder.</summary>
    /// <exception cref="NoClusterException">Another client held it for the whole of <paramref name="patience"/>.</exception>
    public static async Task<SiloLock> Take(string home, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        var path = Path.Combine(home, "silo.lock");
        for (var start = clock.GetTimestamp(); ; await Task.Delay(_glance, clock, cancellation))
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (clock.GetElapsedTime(start) >= patience)
                    throw new NoClusterException($"Another client has been starting a silo for {patience.TotalSeconds:0} s; it holds {path}.", e);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
