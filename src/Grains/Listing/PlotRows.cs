using System.Collections.Immutable;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Listing;

/// <summary>The rows of an index that plots show.</summary>
/// <param name="All">Every row that a plot shows, the best first.</param>
/// <param name="Measured">Number of rows that plots are about.</param>
/// <param name="Differences">What differs between the trials.</param>
/// <param name="ByHyperparameter">For each hyperparameter that differs, the rows of its plot.</param>
/// <param name="Lines">The rows in parallel coordinates.</param>
/// <param name="Course">EERs in the order in which the trials ended.</param>
/// <param name="Values">The values of each hyperparameter.</param>
internal sealed record PlotRows(
    int[] All, int Measured, TrialDifferences Differences, IReadOnlyList<(string Hyperparameter, int[] Rows)> ByHyperparameter, int[] Lines, ImmutableArray<CoursePoint> Course, ImmutableArray<HyperparameterValues> Values)
{
    /// <summary>The rows that meet conditions.</summary>
    public static PlotRows Of(TrialIndex index, TrialConditions conditions)
    {
        var measured = index.Measured(conditions);
        var differences = index.Differences;
        (string Hyperparameter, int[] Rows)[] plots = [.. differences.Hyperparameters.Select(name => (name, OfPlot(index, Hyperparameter.Named(name), measured)))];
        var lines = Lined(measured);
        HashSet<int> shown = [.. lines, .. plots.SelectMany(plot => plot.Rows)];
        return new([.. measured.Where(shown.Contains)], measured.Length, differences, plots, lines, CourseOf(index, measured), index.Values);
    }

    /// <summary>The plots, with a report for each of <see cref="All"/>.</summary>
    public TrialPlots With(ImmutableArray<TrialReport> reports)
    {
        var places = All.Index().Take(reports.Length).ToDictionary(row => row.Item, row => row.Index);
        return new()
        {
            Trials = [.. reports.Select(report => report with { Result = report.Result is { } result ? result with { Epochs = [] } : null })],
            Measured = Measured,
            Differences = Differences,
            ByHyperparameter = [.. ByHyperparameter.Select(plot => new HyperparameterTrials(plot.Hyperparameter, [.. plot.Rows.Where(places.ContainsKey).Select(row => places[row])]))],
            Lines = [.. Lines.Where(places.ContainsKey).Select(row => places[row])],
            Course = Course,
            Values = Values,
        };
    }

    /// <summary>The rows that a plot of a hyperparameter shows; those to which it does not apply are left out if it has numbers.</summary>
    private static int[] OfPlot(TrialIndex index, Hyperparameter hyperparameter, int[] measured)
    {
        var words = new Dictionary<HyperparameterValue, double>();
        double? Number(int row) => index.ValueOf(hyperparameter, row) switch
        {
            null => null,
            { Word: null } number => number.Number,
            { } word when words.TryGetValue(word, out var place) => place,
            { } word => words[word] = words.Count,
        };
        var values = measured.Select(row => (Row: row, X: Number(row) ?? -1, Y: index.EerOf(row))).ToArray();
        return [.. Thinned(values, TrialPlots.MostMarks)];
    }

    /// <summary>The best half, and others at equal distances in the order of EERs.</summary>
    private static int[] Lined(int[] measured)
    {
        if (measured.Length <= TrialPlots.MostLines)
            return measured;
        const int Half = TrialPlots.MostLines / 2;
        var step = (double)(measured.Length - Half) / Half;
        return [.. measured[..Half], .. Enumerable.Range(0, Half).Select(place => measured[Half + (int)(place * step)])];
    }

    private static ImmutableArray<CoursePoint> CourseOf(TrialIndex index, int[] measured)
    {
        int[] ended = [.. measured.OrderBy(index.EndedAs)];
        var best = double.PositiveInfinity;
        var points = ended.Select((row, place) =>
        {
            var (eer, isBest) = (index.EerOf(row), index.EerOf(row) < best);
            best = Math.Min(best, eer);
            return new CoursePoint(place + 1, eer, isBest);
        }).ToArray();
        HashSet<int> shown = [.. Thinned([.. points.OrderBy(point => point.Eer).Select(point => (point.Place, (double)point.Place, point.Eer))], TrialPlots.MostMarks)];
        return [.. points.Where((point, place) => point.IsBest || place == points.Length - 1 || shown.Contains(point.Place))];
    }

    /// <summary>Of the points in each cell of a grid the first, with the finest grid that leaves few enough.</summary>
    private static int[] Thinned((int Row, double X, double Y)[] points, int most)
    {
        if (points.Length <= most)
            return Array.ConvertAll(points, point => point.Row);
        var (x, y) = (Scale.Around(points.Select(point => point.X)), Scale.Around(points.Select(point => point.Y)));
        var places = Array.ConvertAll(points, point => (point.Row, X: x.Share(point.X), Y: y.Share(point.Y)));
        for (var cells = 96; ; cells = cells * 3 / 4)
        {
            var first = new Dictionary<(int, int), int>();
            foreach (var (row, across, up) in places)
                first.TryAdd(((int)(across * cells), (int)(up * cells * 3 / 5)), row);
            if (first.Count <= most)
                return [.. first.Values];
        }
    }

    /// <summary>Gives values their places as the axes of plots do.</summary>
    private sealed record Scale(double Low, double High, bool IsLog)
    {
        private const double LogRatio = 8;

        public static Scale Around(IEnumerable<double> values)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var value in values)
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            return new(low, high, low > 0 && high / low >= LogRatio);
        }

        /// <summary>From 0 to 1, which it does not reach.</summary>
        public double Share(double value) => High <= Low ? 0 : Math.Clamp(IsLog ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low), 0, 0.999999);
    }
}
