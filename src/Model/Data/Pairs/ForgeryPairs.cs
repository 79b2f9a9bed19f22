using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Pairs;

/// <summary>
/// The pairs of images of which some are forgeries. Two genuine images of a class are *same*. *Different* are a genuine image
/// and a forgery of its class (a skilled forgery), and genuine images of two classes (a random forgery): as many as those, or
/// more if there would be fewer different than same pairs.
/// Two forgeries make no pair: nobody knows whether one hand made them. Terms as in Hafemann, Sabourin, Oliveira, "Offline
/// Handwritten Signature Verification — Literature Review", IPTA 2017.
/// </summary>
internal static class ForgeryPairs
{
    /// <summary>Maximum number of pairs of each kind by default.</summary>
    public const int DefaultLimit = 100_000;

    private const int Seed = 20_170_925; // Any constant; changing it changes which pairs are drawn.

    /// <param name="labels">The class of each image.</param>
    /// <param name="forged">Whether each image is a forgery.</param>
    /// <param name="limit">Maximum number of *same* pairs, and of *different* ones; if there are more, a draw without replacement.</param>
    /// <param name="seed">The same seed draws the same pairs.</param>
    public static ImagePair[] Of(int[] labels, bool[] forged, int limit = DefaultLimit, int seed = Seed)
    {
        var random = new Random(seed);
        int[] genuine = [.. Enumerable.Range(0, labels.Length).Where(image => !forged[image])];
        if (genuine.Length == 0)
            return [];
        var classes = new OrderedClasses(Array.ConvertAll(genuine, image => labels[image]), groupOfClass: null);
        var skilled = new SkilledForgeries(labels, forged);
        var skilledCount = (int)Math.Min(skilled.Count, Math.Max((limit + 1) / 2, limit - classes.DifferentPairs));
        // Random forgeries make up for skilled ones that are lacking.
        var randomCount = (int)Math.Min(Math.Min(limit - skilledCount, Math.Max(skilledCount, classes.SamePairs - skilledCount)), classes.DifferentPairs);
        return
        [
            .. Drawn(classes.SamePairs, limit).Select(number => OfGenuine(classes.Same(number))),
            .. Drawn(skilled.Count, skilledCount).Select(skilled.Pair),
            .. Drawn(classes.DifferentPairs, randomCount).Select(number => OfGenuine(classes.Different(number))),
        ];

        long[] Drawn(long total, int most) => DistinctNumbers.Draw(total, (int)Math.Min(total, most), random);

        ImagePair OfGenuine(ImagePair pair) => pair with { First = genuine[pair.First], Second = genuine[pair.Second] };
    }

    /// <summary>The pairs of a genuine image and a forgery of its class, numbered without listing them.</summary>
    private sealed class SkilledForgeries
    {
        private readonly (int[] Genuine, int[] Forged)[] _classes;
        private readonly long[] _before;

        public SkilledForgeries(int[] labels, bool[] forged)
        {
            _classes =
            [
                .. Enumerable.Range(0, labels.Length).GroupBy(image => labels[image]).OrderBy(ofClass => ofClass.Key)
                    .Select(ofClass => (ofClass.Where(image => !forged[image]).ToArray(), ofClass.Where(image => forged[image]).ToArray()))
                    .Where(ofClass => ofClass is { Item1.Length: > 0, Item2.Length: > 0 }),
            ];
            _before = new long[_classes.Length];
            foreach (var (i, (genuine, its)) in _classes.Index())
            {
                _before[i] = Count;
                Count += (long)genuine.Length * its.Length;
            }
        }

        public long Count { get; }

        public ImagePair Pair(long number)
        {
            var place = Array.BinarySearch(_before, number);
            var (genuine, forged) = _classes[place >= 0 ? place : ~place - 1];
            var inside = number - _before[place >= 0 ? place : ~place - 1];
            var (a, b) = (genuine[(int)(inside / forged.Length)], forged[(int)(inside % forged.Length)]);
            return new ImagePair(Math.Min(a, b), Math.Max(a, b), Relation.Different);
        }
    }
}
