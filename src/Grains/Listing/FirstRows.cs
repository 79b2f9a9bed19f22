namespace Siamese.Grains.Listing;

/// <summary>The first rows in an order, without putting the others in order.</summary>
/// <typeparam name="TPlace">A place in the order.</typeparam>
/// <param name="order">The order.</param>
/// <param name="count">Number of rows to keep.</param>
internal sealed class FirstRows<TPlace>(IComparer<TPlace> order, int count)
{
    /// <summary>The rows to keep, the last of them at the top.</summary>
    private readonly PriorityQueue<int, TPlace> _kept = new(Comparer<TPlace>.Create((x, y) => order.Compare(y, x)));

    public void Add(int row, TPlace place)
    {
        if (_kept.Count < count)
            _kept.Enqueue(row, place);
        else
            _kept.EnqueueDequeue(row, place);
    }

    /// <summary>The rows in their order; nothing is kept afterwards.</summary>
    public int[] Take()
    {
        var rows = new int[_kept.Count];
        for (var at = rows.Length - 1; at >= 0; at--)
            rows[at] = _kept.Dequeue();
        return rows;
    }
}
