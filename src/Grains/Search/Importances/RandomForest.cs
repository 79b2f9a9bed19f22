namespace Siamese.Grains.Search.Importances;

/// <summary>
/// A random forest for regression (Breiman, "Random Forests", Machine Learning 2001). It measures how well the forest predicts
/// rows that its trees have not seen, and how much worse it does when the values of a column are permuted among them. Half of
/// this increase of the squared error is the variance that the column accounts for (Gregorutti, Michel and Saint-Pierre,
/// "Correlation and variable importance in random forests", Statistics and Computing 2017), because a wrong value doubles the
/// error of an unknown one. Rows without a value in the column are not permuted, because it does not apply to them.
/// </summary>
internal sealed class RandomForest
{
    /// <summary>A variance below this counts as 0.</summary>
    private const double Rounding = 1e-12;

    private readonly ForestTable _table;
    private readonly int[] _rows;
    private readonly double[] _increases;
    private readonly double[] _errors;
    private readonly double[] _predictions;
    private readonly int[] _times;

    private RandomForest(ForestTable table, int[] rows)
    {
        (_table, _rows) = (table, rows);
        _increases = new double[table.Columns.Length];
        var all = table.Targets.Length;
        (_errors, _predictions, _times) = (new double[all], new double[all], new int[all]);
    }

    /// <param name="table">The data to learn from.</param>
    /// <param name="rows">The rows to use, each once.</param>
    /// <param name="trees">Number of trees; each is grown from as many rows as given, drawn with replacement.</param>
    /// <param name="random">Draws rows and columns, and permutes values.</param>
    public static ForestFindings Ask(ForestTable table, int[] rows, int trees, SplitMix random)
    {
        var forest = new RandomForest(table, rows);
        for (var i = 0; i < trees; i++)
            forest.AddTree(ref random);
        return forest.Findings(trees);
    }

    private void AddTree(ref SplitMix random)
    {
        var bag = new int[_rows.Length];
        for (var i = 0; i < bag.Length; i++)
            bag[i] = _rows[(int)(random.NextDouble() * _rows.Length)];
        int[] outside = [.. _rows.Except(bag)];
        var tree = new RegressionTree(_table, bag, ref random);
        foreach (var row in outside)
        {
            var prediction = tree.Predict(row);
            _errors[row] = Squared(prediction - _table.Targets[row]);
            _predictions[row] += prediction;
            _times[row]++;
        }

        for (var column = 0; column < _increases.Length; column++)
        {
            if (tree.Asks(column))
                _increases[column] += Increase(tree, column, outside, ref random);
        }
    }

    /// <summary>The increase of the mean squared error when each row takes the value of the next one in a random ring, so that no row keeps its own.</summary>
    private double Increase(RegressionTree tree, int column, int[] outside, ref SplitMix random)
    {
        var codes = _table.Columns[column].Codes;
        var ring = Array.FindAll(outside, row => codes[row] != ForestColumn.None);
        random.Shuffle(ring);
        var increase = 0.0;
        for (var i = 0; i < ring.Length; i++)
        {
            var (row, next) = (ring[i], ring[(i + 1) % ring.Length]);
            increase += Squared(tree.Predict(row, column, codes[next]) - _table.Targets[row]) - _errors[row];
        }

        return ring.Length == 0 ? 0 : increase / outside.Length;
    }

    private ForestFindings Findings(int trees)
    {
        var mean = _rows.Average(row => _table.Targets[row]);
        var variance = _rows.Average(row => Squared(_table.Targets[row] - mean));
        if (variance < Rounding)
            return new ForestFindings(0, new double[_increases.Length]);
        var error = _rows.Where(row => _times[row] > 0).Average(row => Squared((_predictions[row] / _times[row]) - _table.Targets[row]));
        return new ForestFindings(1 - (error / variance), [.. _increases.Select(increase => increase / trees / (2 * variance))]);
    }

    private static double Squared(double x) => x * x;
}
