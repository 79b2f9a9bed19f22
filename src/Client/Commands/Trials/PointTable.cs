using Siamese.Contracts.Documents;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Trials;

/// <summary>The points of a sweep with repeated trials, ranked by mean EER: the best single trial may just have been lucky.</summary>
internal static class PointTable
{
    /// <summary>Maximum number of points shown; the JSON document has all of them.</summary>
    private const int Shown = 20;

    /// <summary>Writes nothing if every point has a single trial.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyCollection<TrialReport> trials, TrialLabels labels)
    {
        var points = PointSummary.Rank(trials);
        if (points.Count == 0)
            return;
        // Leaves out what differs within a point: the seed and the shard.
        var columns = labels.Varying.Where(label => points.All(point => point.Trials.Select(trial => label.Write(trial.Spec)).Distinct().Count() == 1)).ToArray();
        console.WriteLine("Points, ranked by the mean validation EER of their trials, with 95 % intervals:");
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
