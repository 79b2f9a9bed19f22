using Siamese.Contracts;
using Siamese.Contracts.Evaluations;

namespace Siamese.Model.Evaluation;

/// <summary>
/// Trials of N-way one-shot recognition: of N classes one image each, and another image of one of these classes. Where the
/// data has groups all classes of a trial are of one group, and groups take turns; where it says who drew what, the query
/// and what there is to choose from are by different drawers (Lake, Salakhutdinov, Tenenbaum, Science 2015).
/// </summary>
/// <param name="Trials">The trials.</param>
/// <param name="Drawers">What was kept to about who drew them.</param>
/// <param name="Groups">Number of groups that have enough classes.</param>
/// <param name="GroupsLeftOut">Number of those that have not.</param>
public sealed record OneShotDraw(IReadOnlyList<OneShotTrial> Trials, DrawerRule Drawers, int Groups, int GroupsLeftOut)
{
    /// <summary>Draws for one trial before another rule is tried: drawers or classes may not go together by mere chance.</summary>
    private const int Attempts = 200;

    /// <param name="images">What they are drawn from.</param>
    /// <param name="ways">N, from 2.</param>
    /// <param name="trials">How many.</param>
    /// <param name="seed">The same seed draws the same trials.</param>
    /// <exception cref="BadInputException">No group has so many classes, or no class has the images that it takes.</exception>
    public static OneShotDraw Of(OneShotImages images, int ways, int trials, int seed)
    {
        var groups = Enumerable.Range(0, images.Labels.Length).GroupBy(images.GroupOf).OrderBy(group => group.Key)
            .Select(group => group.GroupBy(image => images.Labels[image]).OrderBy(ofClass => ofClass.Key).Select(ofClass => ofClass.ToArray()).ToArray())
            .ToArray();
        var usable = groups.Where(classes => classes.Length >= ways && classes.Any(ofClass => ofClass.Length > 1)).ToArray();
        if (usable.Length == 0)
            throw TooFew(groups, ways, images.GroupOfClass is not null);
        DrawerRule[] rules = images.Drawers is null ? [DrawerRule.Unknown] : [DrawerRule.OneAndAnother, DrawerRule.Different, DrawerRule.Unknown];
        foreach (var rule in rules)
        {
            if (Draw(new OneShotDealer(images, rule, new Random(seed)), usable, ways, trials) is { } drawn)
                return new(drawn, rule, images.GroupOfClass is null ? 0 : usable.Length, groups.Length - usable.Length);
        }

        throw new BadInputException($"No trials of {ways} classes can be drawn: hardly a class has two images. Add images, or evaluate with --images all.");
    }

    /// <summary>Null where there is one that cannot be drawn by this rule.</summary>
    private static List<OneShotTrial>? Draw(OneShotDealer dealer, int[][][] groups, int ways, int trials)
    {
        var drawn = new List<OneShotTrial>(trials);
        var order = dealer.Shuffled(groups);
        while (drawn.Count < trials)
        {
            OneShotTrial? trial = null;
            for (var attempt = 0; attempt < Attempts && trial is null; attempt++)
                trial = dealer.Deal(order[drawn.Count % order.Length], ways);
            if (trial is null)
                return null;
            drawn.Add(trial);
        }

        return drawn;
    }

    private static BadInputException TooFew(int[][][] groups, int ways, bool hasGroups)
    {
        var most = groups.Where(classes => classes.Any(ofClass => ofClass.Length > 1)).Select(classes => classes.Length).DefaultIfEmpty().Max();
        var have = hasGroups ? "the largest group has" : "there are";
        return new(most >= 2
            ? $"A choice among {ways} classes is too wide: {have} {most}. Use --ways {most} at most."
            : "One-shot trials need two classes that go together, one of them with two images. Give other data.");
    }
}
