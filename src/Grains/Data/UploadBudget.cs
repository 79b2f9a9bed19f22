using Siamese.Contracts;
using Siamese.Grains.Access;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Data;

/// <summary>
/// The bytes that a silo took from its clients for the store within a day. One caller must not fill the store, so there is a
/// limit for each, and one for all together. Bytes that the store has already do not count.
/// </summary>
internal sealed class UploadBudget(TimeProvider time)
{
    /// <summary>200 GB in a day.</summary>
    private const long MostOfAll = 200_000_000_000;

    /// <summary>50 GB in a day.</summary>
    private const long MostOfOne = 50_000_000_000;

    /// <summary>Bytes are counted by the hour.</summary>
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Caller, long Hour), long> _taken = [];

    /// <summary>Counts a blob before it is stored, unless the store has it already.</summary>
    /// <inheritdoc cref="Take"/>
    public async Task TakeIfNew(IBlobStore blobs, string name, long bytes, CancellationToken cancellation)
    {
        if (!(await blobs.Missing([name], cancellation)).IsEmpty)
            Take(bytes);
    }

    /// <summary>Counts bytes before they are stored.</summary>
    /// <exception cref="BadInputException">The caller, or all callers together, sent too much within a day.</exception>
    public void Take(long bytes)
    {
        var (caller, hour) = (CallingClient.Name ?? "", time.GetUtcNow().Ticks / _hour.Ticks);
        lock (_lock)
        {
            foreach (var old in _taken.Keys.Where(key => key.Hour <= hour - 24).ToArray())
                _taken.Remove(old);
            if (_taken.Where(taken => taken.Key.Caller == caller).Sum(taken => taken.Value) + bytes > MostOfOne)
                throw new BadInputException($"You sent more than {MostOfOne / 1_000_000_000} GB to this silo within a day, the limit for one caller; continue tomorrow, or put the data on the silo's machine.");
            if (_taken.Values.Sum() + bytes > MostOfAll)
                throw new BadInputException($"This silo received more than {MostOfAll / 1_000_000_000} GB within a day, its limit for all callers; continue tomorrow, or put the data on the silo's machine.");
            _taken[(caller, hour)] = _taken.GetValueOrDefault((caller, hour)) + bytes;
        }
    }
}
