namespace Siamese.Grains.Data;

/// <summary>Draws images as evenly from their classes as possible.</summary>
internal static class EvenDraw
{
    /// <summary>Some images of one class, then as many of the next, and so on.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="count">How many images to draw, or all if there are fewer.</param>
    /// <param name="atOnce">How many of a class follow each other.</param>
    /// <param name="random">Chooses.</param>
    /// <returns>Indices of images.</returns>
    public static IEnumerable<int> Of(int[] labels, int count, int atOnce, Random random)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        random.Shuffle(order);
        var decks = order.GroupBy(i => labels[i]).Select(c => new Queue<int>(c)).ToArray();
        var left = Math.Min(count, labels.Length);
        while (left > 0)
        {
            foreach (var deck in decks)
            {
                for (var hand = 0; hand < atOnce && left > 0 && deck.TryDequeue(out var image); hand++, left--)
                    yield return image;
            }
        }
    }
}
