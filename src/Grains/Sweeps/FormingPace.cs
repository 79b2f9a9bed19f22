namespace Siamese.Grains.Sweeps;

/// <summary>
/// Decides when a sweep that is still training forms a new version of its ensemble: from the first finished trial on, but
/// rarely enough that forming takes little of the machine's time.
/// </summary>
internal sealed class FormingPace
{
    /// <summary>Forming keeps one thread busy for at most 1/25 of the time.</summary>
    private const int Parts = 25;

    private static readonly TimeSpan _atLeast = TimeSpan.FromSeconds(10);

    private int _formedOf;
    private TimeSpan _began;
    private TimeSpan _notBefore;

    /// <summary>Whether a version is being formed.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Whether it is time to form a version.</summary>
    /// <param name="finished">Number of trials that have finished so far.</param>
    /// <param name="now">A monotonic clock reading.</param>
    public bool IsDue(int finished, TimeSpan now) => !IsUnderWay && finished > _formedOf && now >= _notBefore;

    /// <summary>Records that forming has begun, from this number of finished trials.</summary>
    public void Began(int finished, TimeSpan now) => (IsUnderWay, _formedOf, _began) = (true, finished, now);

    /// <summary>Records that forming has ended, successfully or not.</summary>
    public void Ended(TimeSpan now)
    {
        IsUnderWay = false;
        var pause = Parts * (now - _began);
        _notBefore = _began + (pause > _atLeast ? pause : _atLeast);
    }
}
