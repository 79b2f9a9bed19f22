using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Ensembles;

/// <summary>An image and several references of one class, by index: whether the image is of that class is known.</summary>
public sealed record ReferenceTrial(int Image, int[] References, Relation Relation)
{
    /// <summary>The trial as a pair, for metrics that need no more than its relation and its images.</summary>
    public ImagePair Pair => new(Image, References[0], Relation);
}

/// <summary>Draws trials: a class, some of its images as references, and another image of it or an image that is not of it.</summary>
public sealed class ReferenceTrials
{
    private readonly List<int[]> _classes;
    private readonly Func<int, int[]> _others;

    /// <param name="classes">The genuine images of each class.</param>
    /// <param name="others">Images that are known not to be of a class, by its index.</param>
    public ReferenceTrials(IEnumerable<int[]> classes, Func<int, int[]> others) => (_classes, _others) = ([.. classes], others);

    /// <summary>Images whose relations are known from pairs: *same* pairs join images to classes, *different* pairs keep an image out of them.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="pairs">Pairs of them.</param>
    public static ReferenceTrials Of(int images, ImagePair[] pairs)
    {
        var joined = new Components(images);
        foreach (var pair in pairs.Where(pair => pair.Relation is Relation.Same))
            joined.Join(pair.First, pair.Second);
        int[][] classes = [.. joined.Sets().Where(set => set.Count > 1).Select(set => set.ToArray())];
        var classOf = new int[images];
        Array.Fill(classOf, -1);
        foreach (var (number, members) in classes.Index())
        {
            foreach (var image in members)
                classOf[image] = number;
        }

        var others = Array.ConvertAll(classes, _ => new SortedSet<int>());
        foreach (var (first, second, _) in pairs.Where(pair => pair.Relation is Relation.Different))
        {
            if (classOf[first] >= 0 && classOf[first] != classOf[second])
                others[classOf[first]].Add(second);
            if (classOf[second] >= 0 && classOf[first] != classOf[second])
                others[classOf[second]].Add(first);
        }

        int[][] known = [.. others.Select(set => set.ToArray())];
        return new(classes, number => known[number]);
    }

    /// <summary>Draws as many trials of each kind; none if there are not two classes with enough images.</summary>
    /// <param name="references">Number of references.</param>
    /// <param name="each">Number of trials of each kind.</param>
    /// <param name="seed">Seed of the draws.</param>
    public ReferenceTrial[] Draw(int references, int each, int seed)
    {
        int[] large = [.. Enumerable.Range(0, _classes.Count).Where(number => _classes[number].Length > references && _others(number).Length > 0)];
        if (large.Length < 2)
            return [];
        var random = new Random(seed);
        var trials = new List<ReferenceTrial>(2 * each);
        for (var i = 0; i < each; i++)
        {
            foreach (var relation in new[] { Relation.Same, Relation.Different })
            {
                var number = large[random.Next(large.Length)];
                var drawn = (int[])_classes[number].Clone();
                random.Shuffle(drawn);
                var others = _others(number);
                trials.Add(new(relation is Relation.Same ? drawn[references] : others[random.Next(others.Length)], drawn[..references], relation));
            }
        }

        return [.. trials];
    }
}
