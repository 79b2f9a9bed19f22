using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Pairs;

/// <summary>
/// Images sorted by group and class. The partners that come after an image are first those of its own class, up to the end
/// of the class, then those of the group's other classes, up to the end of the group. So the pairs of each kind can be
/// numbered without listing them.
/// </summary>
internal sealed class OrderedClasses
{
    private readonly int[] _order;
    private readonly int[] _classEnds;
    private readonly long[] _sameBefore;
    private readonly long[] _differentBefore;

    /// <param name="labels">The class of each image.</param>
    /// <param name="groupOfClass">The group of each class; null if all are in one group.</param>
    public OrderedClasses(int[] labels, IReadOnlyList<int>? groupOfClass)
    {
        _order = [.. Enumerable.Range(0, labels.Length).OrderBy(GroupOf).ThenBy(image => labels[image])];
        _classEnds = Ends(image => labels[image]);
        var groupEnds = Ends(GroupOf);
        Count = _classEnds.Distinct().Count();
        _sameBefore = Running(place => _classEnds[place] - place - 1);
        _differentBefore = Running(place => groupEnds[place] - _classEnds[place]);

        int GroupOf(int image) => groupOfClass?[labels[image]] ?? 0;
    }

    /// <summary>Number of classes.</summary>
    public int Count { get; }

    public long SamePairs => _sameBefore[^1];

    public long DifferentPairs => _differentBefore[^1];

    public ImagePair Same(long number) => Numbered(number, _sameBefore, place => place + 1, Relation.Same);

    public ImagePair Different(long number) => Numbered(number, _differentBefore, place => _classEnds[place], Relation.Different);

    private int[] Ends(Func<int, int> of)
    {
        var ends = new int[_order.Length];
        for (var place = _order.Length - 1; place >= 0; place--)
            ends[place] = place + 1 < _order.Length && of(_order[place]) == of(_order[place + 1]) ? ends[place + 1] : place + 1;
        return ends;
    }

    private long[] Running(Func<int, int> partners)
    {
        var before = new long[_order.Length + 1];
        for (var place = 0; place < _order.Length; place++)
            before[place + 1] = before[place] + partners(place);
        return before;
    }

    private ImagePair Numbered(long number, long[] before, Func<int, int> firstPartner, Relation relation)
    {
        var place = LastAtMost(before, number);
        var (a, b) = (_order[place], _order[firstPartner(place) + (int)(number - before[place])]);
        return new ImagePair(Math.Min(a, b), Math.Max(a, b), relation);
    }

    // Places without partners repeat the running count; the last of them is the one that has partners.
    private static int LastAtMost(long[] before, long number)
    {
        var (low, high) = (0, before.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = before[middle] <= number ? (middle, high) : (low, middle);
        }

        return low;
    }
}
