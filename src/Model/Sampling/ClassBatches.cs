using Siamese.Model.Data.Images;

namespace Siamese.Model.Sampling;

/// <summary>
/// Batches of images with M images of each of several classes, so that every batch has *same* and *different* pairs. M is the
/// batch size divided by the number of classes, and at least 4 if a class has that many images. With many classes, a batch
/// has only some of them. If some images are forgeries, half of the images of a class are, or more if it has few genuine ones;
/// M is then at least 8.
/// </summary>
public sealed class ClassBatches
{
    /// <summary>An epoch passes over a small shard several times, so that it is worth validating.</summary>
    private const int MinimumImagesPerEpoch = 4000;

    private const int MinimumPerClass = 4;

    private readonly (int[] Genuine, int[] Forged)[] _classes;
    private readonly int _batchSize;
    private readonly int _classesPerBatch;

    /// <param name="images">Training images with known classes.</param>
    /// <param name="batchSize">Images in a batch, at least 4.</param>
    /// <param name="steps">Batches in an epoch; 0 for the default.</param>
    /// <param name="forged">Whether each image is a forgery; null if none is.</param>
    public ClassBatches(ImageSet images, int batchSize, int steps = 0, bool[]? forged = null)
    {
        _classes =
        [
            .. Enumerable.Range(0, images.Count).GroupBy(i => images.Labels[i]).OrderBy(c => c.Key)
                .Select(c => (c.Where(i => forged?[i] is not true).ToArray(), c.Where(i => forged?[i] is true).ToArray())),
        ];
        _batchSize = Math.Min(batchSize, images.Count);
        var perClass = Math.Max(forged is null ? MinimumPerClass : 2 * MinimumPerClass, _batchSize / _classes.Length);
        // Images that a class provides on average: with classes of two or three images, a batch needs more classes.
        var given = _classes.Average(its => Math.Min(its.Genuine.Length + its.Forged.Length, perClass));
        _classesPerBatch = Math.Clamp((int)(_batchSize / given), 2, _classes.Length);
        Count = BatchesPerEpoch(images.Count, batchSize, steps);
    }

    /// <summary>Batches in an epoch.</summary>
    public int Count { get; }

    /// <summary>Batches in an epoch over this many images: the steps if stated, else one pass, or more if there are few images.</summary>
    public static int BatchesPerEpoch(int images, int batchSize, int steps = 0) =>
        steps > 0 ? steps : (Math.Max(images, MinimumImagesPerEpoch) + batchSize - 1) / batchSize;

    /// <summary>Deals the batches of an epoch: indices of images, unique within a batch.</summary>
    public IEnumerable<int[]> Deal(Random random)
    {
        var decks = Array.ConvertAll(_classes, its => (new ImageDeck(its.Genuine, random), new ImageDeck(its.Forged, random)));
        var order = new ImageDeck([.. Enumerable.Range(0, decks.Length)], random);
        for (var batch = 0; batch < Count; batch++)
            yield return DealBatch(decks, order);
    }

    private int[] DealBatch((ImageDeck Genuine, ImageDeck Forged)[] decks, ImageDeck order)
    {
        var batch = new List<int>(_batchSize);
        var classes = order.Deal(_classesPerBatch);
        for (var i = 0; i < classes.Length; i++)
        {
            var share = (_batchSize - batch.Count) / (classes.Length - i);
            var (genuine, forged) = decks[classes[i]];
            // Two genuine images come first, because only they make a same pair.
            var forgeries = Math.Min(Math.Min(share / 2, Math.Max(0, share - 2)), forged.Count);
            var genuines = Math.Min(share - forgeries, genuine.Count);
            batch.AddRange(genuine.Deal(genuines));
            batch.AddRange(forged.Deal(share - genuines));
        }

        return [.. batch];
    }
}
