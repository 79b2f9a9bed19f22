namespace Siamese.Grains.Sweeps;

/// <summary>
/// Decides when a sweep that still trains has its ensemble formed anew: from the first finished trial on, and so seldom
/// that forming takes little of the machine.
/// </summary>
internal sealed class FormingPace
{
    /// <summary>One thread forms for at most one part in so many of the time.</summary>
    private const int Parts = 25;

    private static readonly TimeSpan _atLeast = TimeSpan.FromSeconds(10);

    private int _formedOf;
    private TimeSpan _began;
    private TimeSpan _notBefore;

    /// <summary>Whether a version is being formed.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Whether a version is to be formed.</summary>
    /// <param name="finished">Trials that have finished by now.</param>
    /// <param name="now">A monotonic reading.</param>
    public bool IsDue(int finished, TimeSpan now) => !IsUnderWay && finished > _formedOf && now >= _notBefore;

    /// <summary>A version of so many finished trials is being formed.</summary>
    public void Began(int finished, TimeSpan now) => (IsUnderWay, _formedOf, _began) = (true, finished, now);

    /// <summary>It is formed, or could not be.</summary>
    public void Ended(TimeSpan now)
    {
        IsUnderWay = false;
        var pause = Parts * (now - _began);
        _notBefore = _began + (pause > _atLeast ? pause : _atLeast);
    }
}
