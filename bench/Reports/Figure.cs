namespace Siamese.Bench.Reports;

/// <summary>One line of the report: a median, and the smallest and largest of the rounds it is the median of.</summary>
/// <param name="Name">Part of the contract; as `train.vs_naive.b64`.</param>
/// <param name="Value">The median.</param>
/// <param name="Unit">As `pairs/s`; `ratio` for a quotient of two figures of one round.</param>
/// <param name="Min">Smallest of the rounds.</param>
/// <param name="Max">Largest of the rounds.</param>
internal sealed record Figure(string Name, double Value, string Unit, double Min, double Max)
{
    /// <summary>A figure of one value for each round.</summary>
    public static Figure Of(string name, string unit, IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(name, median, unit, sorted[0], sorted[^1]);
    }

    /// <summary>The quotient of two sides, round by round, so that what slowed a round down slowed both.</summary>
    public static Figure Ratio(string name, double[] side, double[] other) => Of(name, "ratio", side.Zip(other, (a, b) => a / b));
}
