using Siamese.Contracts.Evaluations;

namespace Siamese.Model.Evaluation;

/// <summary>Draws one-shot trials by a rule about who drew their images.</summary>
internal sealed class OneShotDealer(OneShotImages images, DrawerRule rule, Random random)
{
    public T[] Shuffled<T>(T[] things)
    {
        var shuffled = (T[])things.Clone();
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>A trial; null where what was drawn does not go together.</summary>
    /// <param name="classes">The images of each class to choose among.</param>
    /// <param name="ways">So many classes.</param>
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

    /// <summary>All by one drawer, whom every one of the classes has.</summary>
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

    /// <summary>Any of each class, but for the query's own, of which there is a rule.</summary>
    private int[]? First(int[][] chosen, Func<int, bool> mayBeOwn)
    {
        int[] own = [.. chosen[0].Where(mayBeOwn)];
        return own.Length == 0 ? null : [OneOf(own), .. chosen.Skip(1).Select(OneOf)];
    }

    private int OneOf(int[] numbers) => numbers[random.Next(numbers.Length)];
}
