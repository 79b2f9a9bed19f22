namespace Siamese.Bench.Reports;

/// <summary>One line of the report: the median over several rounds, with the smallest and largest round.</summary>
/// <param name="Name">Part of the contract; as `train.vs_naive.b64`.</param>
/// <param name="Value">The median.</param>
/// <param name="Unit">As `pairs/s`; `ratio` for the quotient of two figures from the same round.</param>
/// <param name="Min">Smallest of the rounds.</param>
/// <param name="Max">Largest of the rounds.</param>
internal sealed record Figure(string Name, double Value, string Unit, double Min, double Max)
{
    /// <summary>A figure from one value per round.</summary>
    public static Figure Of(string name, string unit, IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(name, median, unit, sorted[0], sorted[^1]);
    }

    /// <summary>The quotient of two sides, round by round, because whatever slows a round down slows both sides.</summary>
    public static Figure Ratio(string name, double[] side, double[] other) => Of(name, "ratio", side.Zip(other, (a, b) => a / b));
}
