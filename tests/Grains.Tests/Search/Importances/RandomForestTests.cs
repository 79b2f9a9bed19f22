using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Importances;

namespace Siamese.Grains.Tests.Search.Importances;

public sealed class RandomForestTests
{
    private static readonly int[] _levels = [0, 1, 2, 3];

    /// <summary>Every combination of three numbers from 0 to 3: the columns have equal variance and are independent.</summary>
    private static readonly int[][] _grid = [.. from x in _levels from y in _levels from z in _levels select new[] { x, y, z }];

    /// <summary>x + 2·y owes 1 part of its variance to x and 4 to y; a third column contributes nothing.</summary>
    [Fact]
    public void Shares_match_the_share_of_the_variance()
    {
        var found = Ask(row => row[0] + (2 * row[1]));

        Assert.InRange(found.RSquared, 0.95, 1);
        Assert.InRange(found.Shares[0], 0.16, 0.24);
        Assert.InRange(found.Shares[1], 0.72, 0.88);
        Assert.InRange(found.Shares[2], -0.01, 0.01);
    }

    /// <summary>
    /// The variance is 3/16. In half of the rows y lets x decide, with a variance of 1/4, so x accounts for 2/3 of the variance.
    /// The same holds for y.
    /// </summary>
    [Fact]
    public void An_interaction_of_two_columns_counts_for_both()
    {
        var found = Ask(row => row[0] >= 2 && row[1] >= 2 ? 1 : 0);

        Assert.InRange(found.Shares[0], 0.6, 0.73);
        Assert.InRange(found.Shares[1], 0.6, 0.73);
        Assert.InRange(found.Shares[2], -0.01, 0.01);
    }

    [Fact]
    public void Rows_with_equal_targets_have_no_variance_to_explain()
    {
        var found = Ask(_ => 0.1);

        Assert.Equal(0, found.RSquared);
        Assert.All(found.Shares, share => Assert.Equal(0, share));
    }

    [Fact]
    public void A_tree_splits_where_the_squared_error_is_smallest()
    {
        double[] targets = [1, 1.2, 0.9, 1.1, 5, 5.3, 4.8, 5.1, 5.2];
        var table = new ForestTable([Column([.. Enumerable.Range(0, targets.Length)])], targets);
        var random = new SplitMix(1, 1);
        var tree = new RegressionTree(table, [.. Enumerable.Range(0, targets.Length)], ref random);

        var naive = Enumerable.Range(1, targets.Length - 1).MinBy(cut => Errors(targets[..cut]) + Errors(targets[cut..]));
        Assert.All(Enumerable.Range(0, naive), row => Assert.InRange(tree.Predict(row), 0.9, 1.2));
        Assert.All(Enumerable.Range(naive, targets.Length - naive), row => Assert.InRange(tree.Predict(row), 4.8, 5.3));

        static double Errors(double[] side) => side.Sum(target => Math.Pow(target - side.Average(), 2));
    }

    [Fact]
    public void Words_are_split_one_against_the_rest()
    {
        HyperparameterValue?[] words = [.. Enumerable.Range(0, 60).Select(i => HyperparameterValue.Of(new[] { "a", "b", "c" }[i % 3]))];
        var table = new ForestTable([ForestColumn.Of(words, most: 2)], [.. words.Select(word => word!.Value.Word == "b" ? 1.0 : 0)]);

        var found = RandomForest.Ask(table, [.. Enumerable.Range(0, 60)], trees: 50, new SplitMix(1, 1));

        Assert.Equal(1, found.RSquared, 1e-9);
    }

    [Fact]
    public void Numbers_beyond_the_maximum_share_codes_in_order()
    {
        var column = ForestColumn.Of([10, 0.1, null, 7, 3, 7], most: 2);

        Assert.Equal((2, true), (column.Count, column.IsOrdered));
        Assert.Equal([1, 0, ForestColumn.None, 1, 0, 1], column.Codes);
    }

    private static ForestFindings Ask(Func<int[], double> target)
    {
        var table = new ForestTable(
            [.. Enumerable.Range(0, 3).Select(i => Column([.. _grid.Select(row => row[i])]))], [.. _grid.Select(target)]);
        return RandomForest.Ask(table, [.. Enumerable.Range(0, _grid.Length)], trees: 300, new SplitMix(1, 1));
    }

    private static ForestColumn Column(int[] codes) => new(codes, codes.Max() + 1, IsOrdered: true);
}
