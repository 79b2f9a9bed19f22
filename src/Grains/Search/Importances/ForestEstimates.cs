using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Search.Importances;

/// <summary>
/// Estimates the uncertainty of a forest's findings with the delete-d jackknife (Shao and Wu, "A General Theory for Jackknife
/// Variance Estimation", Annals of Statistics 1989; for importances: Ishwaran and Lu, Statistics in Medicine 2019). Forests
/// are grown from random parts of the rows. The variance is their mean squared deviation from the forest of all rows, times
/// the size of a part over the size of the rest. With a bootstrap, a row drawn twice could be both in a tree's bag and out of it.
/// </summary>
internal static class ForestEstimates
{
    private const int Trees = 200;
    private const int Parts = 50;
    private const int TreesOfAPart = 50;

    /// <summary>Standard errors on each side of a 95 % confidence interval.</summary>
    private const double Errors = 1.96;

    /// <returns>R² and the share of each column.</returns>
    public static (double RSquared, Estimate[] Shares) Of(ForestTable table)
    {
        var rows = Enumerable.Range(0, table.Targets.Length).ToArray();
        var all = RandomForest.Ask(table, rows, Trees, new SplitMix(0, 0));
        var size = rows.Length * 2 / 3;
        var squares = new double[all.Shares.Length];
        for (var part = 1; part <= Parts; part++)
        {
            var random = new SplitMix(0, part);
            random.Shuffle(rows);
            var found = RandomForest.Ask(table, rows[..size], TreesOfAPart, random);
            for (var i = 0; i < squares.Length; i++)
                squares[i] += (found.Shares[i] - all.Shares[i]) * (found.Shares[i] - all.Shares[i]);
        }

        var deleted = (double)(rows.Length - size);
        return (all.RSquared, [.. all.Shares.Zip(squares, (share, square) => Around(share, Math.Sqrt(square / Parts * size / deleted)))]);
    }

    private static Estimate Around(double share, double error) =>
        new(Math.Clamp(share, 0, 1), Math.Clamp(share - (Errors * error), 0, 1), Math.Clamp(share + (Errors * error), 0, 1));
}

/// <summary>The findings of a forest, as shares of the variance of the targets; they can fall below 0 by chance.</summary>
/// <param name="RSquared">The share that it predicts of out-of-bag rows.</param>
/// <param name="Shares">The share that each column accounts for.</param>
internal sealed record ForestFindings(double RSquared, double[] Shares);
