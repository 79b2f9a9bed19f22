using Siamese.Contracts.Evaluations;

namespace Siamese.Model.Evaluation.OneShot;

/// <summary>Draws one-shot trials under a rule about who drew their images.</summary>
internal sealed class OneShotDealer(OneShotImages images, DrawerRule rule, Random random)
{
    public T[] Shuffled<T>(T[] things)
    {
        var shuffled = (T[])things.Clone();
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>A trial; null if what was drawn does not satisfy the rule.</summary>
    /// <param name="classes">The images of each class that can be chosen.</param>
    /// <param name="ways">Number of classes in the trial.</param>
    public OneShotTrial? Deal(int[][] classes, int ways)
    {
        var chosen = Shuffled(classes)[..ways];
        var query = OneOf(chosen[0]);
        return Support(chosen, query) is { } support ? new(query, support) : null;
    }

    private int[]? Support(int[][] chosen, int query) => rule switch
    {
        DrawerRule.OneAndAnother => ByOne(chosen, query),
        DrawerRule.Different => First(chosen, image => images.Drawers![image] != images.Drawers[query]),
        _ => First(chosen, image => image != query),
    };

    /// <summary>All images by one drawer, who drew every chosen class but not the query.</summary>
    private int[]? ByOne(int[][] chosen, int query)
    {
        var drawers = chosen.Select(ofClass => ofClass.Select(image => images.Drawers![image]))
            .Aggregate((some, others) => some.Intersect(others))
            .Where(drawer => drawer != images.Drawers![query]).Order().ToArray();
        if (drawers.Length == 0)
            return null;
        var drawer = OneOf(drawers);
        return Array.ConvertAll(chosen, ofClass => OneOf([.. ofClass.Where(image => images.Drawers![image] == drawer)]));
    }

    /// <summary>A random image of each class; the rule restricts only the query's own class.</summary>
    private int[]? First(int[][] chosen, Func<int, bool> mayBeOwn)
    {
        int[] own = [.. chosen[0].Where(mayBeOwn)];
        return own.Length == 0 ? null : [OneOf(own), .. chosen.Skip(1).Select(OneOf)];
    }

    private int OneOf(int[] numbers) => numbers[random.Next(numbers.Length)];
}
