using Siamese.Client.Words;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Siamese.Client.Commands.Trials;

/// <summary>A table of trials, best validation EER first. On a narrow terminal it drops the least important columns.</summary>
internal static class TrialTable
{
    /// <summary>Spaces and border that Spectre puts around a column.</summary>
    private const int Frame = 3;

    /// <param name="trials">In display order.</param>
    /// <param name="width">Width of the terminal, in characters.</param>
    public static IRenderable Of(IReadOnlyCollection<TrialReport> trials, TrialLabels labels, int width)
    {
        var columns = Fit(Columns(labels), trials, width);
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column.Heading)) { NoWrap = true, Alignment = column.IsFigure ? Justify.Right : Justify.Left });
        foreach (var trial in trials)
            table.AddRow(columns.Select(column => new Text(column.Write(trial), Style(trial.Status))));
        return table;
    }

    /// <summary>Why trials failed, are unusable or are not being trained, one line each. The reasons are too long for the table.</summary>
    public static IEnumerable<string> Reasons(IEnumerable<TrialReport> trials) =>
        from trial in trials
        let reason = trial.Why ?? (trial.Status is TrialStatus.Cancelled ? null : trial.Result?.Reason)
        where reason is { Length: > 0 }
        select $"{Figures.ShortId(trial.Trial)} {Word.Of(trial.Status)}: {reason}";

    /// <summary>Other problems found in training, apart from the reason that made a trial unusable, one line each.</summary>
    public static IEnumerable<string> Findings(IEnumerable<TrialReport> trials) =>
        from trial in trials
        from finding in trial.Result?.Findings ?? []
        where finding.ToString() != trial.Result!.Reason
        select $"{Figures.ShortId(trial.Trial)} {finding}";

    private static List<Column> Columns(TrialLabels labels) =>
    [
        new("trial", Keep: 9, t => Figures.ShortId(t.Trial), IsFigure: false),
        .. labels.Varying.Select(label => new Column(label.Heading, Keep: 5, t => label.Write(t.Spec))),
        new("EER", Keep: 8, t => Figures.Percent(t.Result?.Validation?.Eer)),
        new("AUC", Keep: 2, t => Figures.Percent(t.Result?.Validation?.Auc)),
        new("accuracy", Keep: 3, t => Figures.Percent(t.Result?.Validation?.Accuracy)),
        new("different pairs", Keep: 1, Balance),
        new("status", Keep: 7, Status, IsFigure: false),
        new("time", Keep: 4, t => t.Result is { } result ? Figures.Duration(result.Seconds) : Figures.None),
    ];

    private static List<Column> Fit(List<Column> columns, IReadOnlyCollection<TrialReport> trials, int width)
    {
        while (columns.Count > 2 && columns.Sum(column => column.Width(trials) + Frame) > width)
            columns.Remove(columns.MinBy(column => column.Keep)!);
        return columns;
    }

    private static string Status(TrialReport trial) => Word.Of(trial.Status) + (trial.Reused ? ", reused" : "");

    /// <summary>The share of different pairs among the pairs that training actually used.</summary>
    private static string Balance(TrialReport trial) =>
        trial.Result is { } result && result.Positives + result.Negatives > 0
            ? Figures.Percent((double)result.Negatives / (result.Positives + result.Negatives))
            : Figures.None;

    private static Style Style(TrialStatus status) => status switch
    {
        TrialStatus.Failed or TrialStatus.Unusable or TrialStatus.Poisonous => new(Color.Red),
        TrialStatus.Cancelled or TrialStatus.Waiting or TrialStatus.Pruned => new(Color.Grey),
        _ => Spectre.Console.Style.Plain,
    };

    /// <param name="Keep">Priority: the column with the lowest value is dropped first.</param>
    private sealed record Column(string Heading, int Keep, Func<TrialReport, string> Write, bool IsFigure = true)
    {
        public int Width(IEnumerable<TrialReport> trials) =>
            trials.Select(trial => Write(trial).Length).Append(Heading.Length).Max();
    }
}
