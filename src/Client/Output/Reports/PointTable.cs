using Siamese.Contracts.Training;
using Spectre.Console;

namespace Siamese.Client.Output.Reports;

/// <summary>The points of a sweep whose trials are repeated, ranked by their mean: the best single trial may only have been lucky.</summary>
internal static class PointTable
{
    /// <summary>So many points are shown; the JSON document has all.</summary>
    private const int Shown = 20;

    /// <summary>Writes nothing where every point has one trial.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyCollection<TrialReport> trials, TrialLabels labels)
    {
        var points = PointSummary.Rank(trials);
        if (points.Count == 0)
            return;
        // Not the seed and the shard: what differs within a point.
        var columns = labels.Varying.Where(label => points.All(point => point.Trials.Select(trial => label.Write(trial.Spec)).Distinct().Count() == 1)).ToArray();
        console.WriteLine("Points by the mean validation EER of their trials, with its 95 % interval:");
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var (heading, _) in columns)
            table.AddColumn(new TableColumn(Markup.Escape(heading)) { NoWrap = true, Alignment = Justify.Right });
        foreach (var heading in (string[])["mean EER", "interval", "usable trials"])
            table.AddColumn(new TableColumn(heading) { NoWrap = true, Alignment = Justify.Right });
        foreach (var point in points.Take(Shown))
        {
            table.AddRow([
                .. columns.Select(column => new Text(column.Write(point.Trials[0].Spec))),
                new Text(Figures.Percent(point.Mean)),
                new Text(point is { Mean: { } mean, HalfWidth: { } half } ? $"{Figures.Percent(Math.Max(0, mean - half))} - {Figures.Percent(mean + half)}" : Figures.None),
                new Text($"{point.Usable} of {point.Trials.Count}"),
            ]);
        }

        console.Write(table);
        if (points.Count > Shown)
            console.WriteLine($"and {Figures.Count(points.Count - Shown)} more points.");
    }
}
