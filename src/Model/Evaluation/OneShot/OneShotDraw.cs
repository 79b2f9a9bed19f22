using Siamese.Contracts;
using Siamese.Contracts.Evaluations;

namespace Siamese.Model.Evaluation.OneShot;

/// <summary>
/// Trials of N-way one-shot recognition: one image of each of N classes, and as the query another image of one of these
/// classes. If the data has groups, all classes of a trial are from one group, and groups take turns. If the drawers are
/// known, the query and the images to choose from are by different drawers (Lake, Salakhutdinov, Tenenbaum, Science 2015).
/// </summary>
/// <param name="Trials">The trials.</param>
/// <param name="Drawers">The rule that the trials follow about who drew their images.</param>
/// <param name="Groups">Number of groups that have enough classes.</param>
/// <param name="GroupsLeftOut">Number of groups that do not have enough classes.</param>
public sealed record OneShotDraw(IReadOnlyList<OneShotTrial> Trials, DrawerRule Drawers, int Groups, int GroupsLeftOut)
{
    /// <summary>Attempts at one trial before the next rule is tried: drawers or classes may by chance fail the rule.</summary>
    private const int Attempts = 200;

    /// <param name="images">The images to draw from.</param>
    /// <param name="ways">N, from 2.</param>
    /// <param name="trials">Number of trials.</param>
    /// <param name="seed">The same seed draws the same trials.</param>
    /// <exception cref="BadInputException">No group has enough classes, or no class has enough images.</exception>
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

        throw new BadInputException($"Trials of {ways} classes cannot be drawn: hardly any class has two images. Add images, or evaluate on all images.");
    }

    /// <summary>Null if a trial cannot be drawn under this rule.</summary>
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
            ? $"A choice among {ways} classes is not possible: {have} only {most}. Choose among {most} or fewer."
            : "One-shot trials need two classes, of one group if there are groups, and one of them with two images. Give other data.");
    }
}

/// <summary>The images that one-shot trials are drawn from: their classes, groups and drawers.</summary>
/// <param name="Labels">The class of each image.</param>
/// <param name="GroupOfClass">The group of each class; null if the data has no groups.</param>
/// <param name="Drawers">Number of the person who drew each image; null if unknown.</param>
public sealed record OneShotImages(int[] Labels, IReadOnlyList<int>? GroupOfClass, IReadOnlyList<int>? Drawers)
{
    /// <summary>The group of an image's class; 0 if the data has no groups.</summary>
    public int GroupOf(int image) => GroupOfClass?[Labels[image]] ?? 0;
}

/// <summary>A query image, and one image of each of several classes, one of which is the query's.</summary>
/// <param name="Query">The image to recognise.</param>
/// <param name="Support">The images to choose from; the first is of the query's class.</param>
public sealed record OneShotTrial(int Query, int[] Support);
