using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Access;

namespace Siamese.Grains.Verdicts;

/// <summary>
/// The bytes of image files that a silo has in memory for calls in progress. One caller's must not take the memory of all, so
/// there is a limit for each, and one for all together. A caller without any other call is never refused because of its own.
/// </summary>
internal sealed class FileBudget
{
    /// <summary>320 MB: eight calls of the largest size. Copies on the way take as much again.</summary>
    private const long MostOfAll = 320L * 1024 * 1024;

    /// <summary>160 MB: four calls of the largest size, as many as a client makes at once.</summary>
    private const long MostOfOne = 160L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _held = [];
    private long _all;

    /// <summary>Holds the files of a call until the result is disposed.</summary>
    /// <exception cref="BusyException">There is no room for them now.</exception>
    public IDisposable Hold(IEnumerable<ImageFile> files)
    {
        var (caller, bytes) = (CallingClient.Name ?? "", files.Sum(file => file.Size));
        lock (_lock)
        {
            var own = _held.GetValueOrDefault(caller);
            if (_all + bytes > MostOfAll && _all > 0)
                throw new BusyException("The silo is busy with the images of other calls; try again in a second.");
            if (own + bytes > MostOfOne && own > 0)
                throw new BusyException("The silo is busy with other images of yours; try again in a second, or send fewer at once.");
            _held[caller] = own + bytes;
            _all += bytes;
        }

        return new Holding(this, caller, bytes);
    }

    private void Release(string caller, long bytes)
    {
        lock (_lock)
        {
            _all -= bytes;
            // Not there if all that it held had no bytes.
            if (_held.TryGetValue(caller, out var own) && own > bytes)
                _held[caller] = own - bytes;
            else
                _held.Remove(caller);
        }
    }

    private sealed class Holding(FileBudget budget, string caller, long bytes) : IDisposable
    {
        private bool _isReleased;

        public void Dispose()
        {
            if (_isReleased)
                return;
            _isReleased = true;
            budget.Release(caller, bytes);
        }
    }
}
