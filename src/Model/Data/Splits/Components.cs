namespace Siamese.Model.Data.Splits;

/// <summary>Disjoint sets of numbered items (union-find).</summary>
internal sealed class Components
{
    private readonly int[] _parent;

    /// <param name="count">Number of items, each in its own set at first.</param>
    public Components(int count)
    {
        _parent = new int[count];
        for (var i = 0; i < count; i++)
            _parent[i] = i;
    }

    public void Join(int first, int second)
    {
        var (a, b) = (Root(first), Root(second));
        // The smaller number becomes the root, so the result does not depend on the order of joining.
        _parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    public bool AreJoined(int first, int second) => Root(first) == Root(second);

    /// <summary>The sets, ordered by their smallest members, members ascending.</summary>
    public List<List<int>> Sets()
    {
        var sets = new List<List<int>>();
        var setOf = new Dictionary<int, List<int>>();
        for (var i = 0; i < _parent.Length; i++)
        {
            if (!setOf.TryGetValue(Root(i), out var set))
            {
                setOf.Add(Root(i), set = []);
                sets.Add(set);
            }

            set.Add(i);
        }

        return sets;
    }

    private int Root(int i)
    {
        while (_parent[i] != i)
            i = _parent[i] = _parent[_parent[i]];
        return i;
    }
}
