namespace Siamese.Model.Sampling;

/// <summary>Deals the images of a class in random order; it repeats images only after a reshuffle.</summary>
internal sealed class ImageDeck(int[] images, Random random)
{
    private readonly int[] _images = (int[])images.Clone();
    private int _dealt = images.Length;

    /// <summary>Number of images.</summary>
    public int Count => _images.Length;

    /// <summary>Deals <paramref name="count"/> distinct images, at most <see cref="Count"/>.</summary>
    public ReadOnlySpan<int> Deal(int count)
    {
        count = Math.Min(count, Count);
        if (_dealt + count > Count)
        {
            // Too few are left for a hand without repeats: reshuffle all of them.
            random.Shuffle(_images);
            _dealt = 0;
        }

        var hand = _images.AsSpan(_dealt, count);
        _dealt += count;
        return hand;
    }
}
