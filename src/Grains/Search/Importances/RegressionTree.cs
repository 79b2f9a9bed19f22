namespace Siamese.Grains.Search.Importances;

/// <summary>
/// A regression tree (Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984) with a random choice
/// of columns at each split (Breiman, "Random Forests", Machine Learning 2001). Numbers are split at a threshold, words
/// one against the rest. A column is split only if every row has a value in it. Otherwise the tree could test whether a
/// hyperparameter applies, instead of testing the loss that decides it, and take credit from the loss.
/// </summary>
internal sealed class RegressionTree
{
    private const int SmallestLeaf = 2;

    private readonly ForestTable _table;
    private readonly List<Node> _nodes = [];
    private readonly int[] _order;
    private readonly int[] _counts;
    private readonly double[] _sums;

    /// <param name="table">The data; the tree sees only the rows in the bag.</param>
    /// <param name="bag">Rows, repeated as often as they were drawn; reordered in place.</param>
    /// <param name="random">Draws the columns that a split may use.</param>
    public RegressionTree(ForestTable table, int[] bag, ref SplitMix random)
    {
        _table = table;
        _order = [.. Enumerable.Range(0, table.Columns.Length)];
        var most = table.Columns.Max(column => column.Count);
        (_counts, _sums) = (new int[most], new double[most]);
        Grow(bag, ref random);
    }

    /// <summary>A leaf if <paramref name="Column"/> is null. Otherwise rows with this code (words), or a code up to it (numbers), go to the left node.</summary>
    private readonly record struct Node(double Mean, int? Column, int Code, int Left, int Right);

    private readonly record struct Cut(double Score, int Column, int Code);

    /// <summary>Whether any split uses the column.</summary>
    public bool Asks(int column) => _nodes.Exists(node => node.Column == column);

    public double Predict(int row) => Predict(row, ForestColumn.None, 0);

    /// <summary>Predicts a row as if it had another code in one column.</summary>
    public double Predict(int row, int column, int code)
    {
        var node = _nodes[0];
        while (node.Column is { } asked)
        {
            var own = asked == column ? code : _table.Columns[asked].Codes[row];
            // All rows in the bag had a value here, so it is unknown to which side this row belongs.
            if (own == ForestColumn.None)
                break;
            node = _nodes[IsLeft(asked, node.Code, own) ? node.Left : node.Right];
        }

        return node.Mean;
    }

    private bool IsLeft(int column, int cut, int code) => _table.Columns[column].IsOrdered ? code <= cut : code == cut;

    private int Grow(Span<int> rows, ref SplitMix random)
    {
        var sum = 0.0;
        foreach (var row in rows)
            sum += _table.Targets[row];
        var place = _nodes.Count;
        _nodes.Add(new Node(sum / rows.Length, null, 0, 0, 0));
        if (rows.Length < 2 * SmallestLeaf || BestCut(rows, sum, ref random) is not { } cut)
            return place;
        var left = Part(rows, cut);
        _nodes[place] = new Node(sum / rows.Length, cut.Column, cut.Code, Grow(rows[..left], ref random), Grow(rows[left..], ref random));
        return place;
    }

    /// <summary>The best cut among half of the columns that can be cut here. Breiman's third leaves too little choice among few hyperparameters.</summary>
    private Cut? BestCut(ReadOnlySpan<int> rows, double sum, ref SplitMix random)
    {
        Cut? best = null;
        var left = (_order.Length + 1) / 2;
        for (var i = 0; i < _order.Length && left > 0; i++)
        {
            var other = i + (int)(random.NextDouble() * (_order.Length - i));
            (_order[i], _order[other]) = (_order[other], _order[i]);
            if (BestCut(_order[i], rows, sum) is not { } cut)
                continue;
            left--;
            if (best is null || cut.Score > best.Value.Score)
                best = cut;
        }

        return best?.Score > (sum * sum / rows.Length) + 1e-12 ? best : null;
    }

    /// <summary>The cut that minimizes the squared errors, which is the one that maximizes the sum of both sides' n·mean².</summary>
    private Cut? BestCut(int index, ReadOnlySpan<int> rows, double sum)
    {
        var column = _table.Columns[index];
        Array.Clear(_counts, 0, column.Count);
        Array.Clear(_sums, 0, column.Count);
        foreach (var row in rows)
        {
            var code = column.Codes[row];
            if (code == ForestColumn.None)
                return null;
            _counts[code]++;
            _sums[code] += _table.Targets[row];
        }

        Cut? best = null;
        var (count, part) = (0, 0.0);
        for (var code = 0; code < column.Count; code++)
        {
            (count, part) = column.IsOrdered ? (count + _counts[code], part + _sums[code]) : (_counts[code], _sums[code]);
            var others = rows.Length - count;
            if (_counts[code] == 0 || count < SmallestLeaf || others < SmallestLeaf)
                continue;
            var score = (part * part / count) + ((sum - part) * (sum - part) / others);
            if (best is null || score > best.Value.Score)
                best = new Cut(score, index, code);
        }

        return best;
    }

    /// <summary>Moves the rows of the left side to the front.</summary>
    /// <returns>The number of rows on the left side.</returns>
    private int Part(Span<int> rows, Cut cut)
    {
        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (!IsLeft(cut.Column, cut.Code, _table.Columns[cut.Column].Codes[rows[i]]))
                continue;
            (rows[left], rows[i]) = (rows[i], rows[left]);
            left++;
        }

        return left;
    }
}
