namespace Siamese.Model.Galleries;

/// <summary>The nearest names offered so far, each by its nearest reference.</summary>
/// <param name="count">Maximum number of names.</param>
public sealed class NearestNames(int count)
{
    private readonly List<NearReference> _nearest = [];

    /// <summary>The names, nearest first.</summary>
    public IReadOnlyList<NearReference> Nearest => _nearest;

    /// <summary>A reference farther than this can no longer be among them.</summary>
    public float Bound { get; private set; } = float.PositiveInfinity;

    public void Offer(NearReference reference)
    {
        var known = _nearest.FindIndex(near => near.Name == reference.Name);
        if (known < 0 && _nearest.Count == count)
            known = count - 1;
        if (known >= 0)
        {
            if (_nearest[known] <= reference)
                return;
            _nearest.RemoveAt(known);
        }

        _nearest.Insert(~_nearest.BinarySearch(reference), reference);
        if (_nearest.Count == count)
            Bound = _nearest[^1].Distance;
    }
}
