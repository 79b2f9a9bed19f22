using System.Globalization;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Trials;

/// <summary>Which hyperparameters mattered in a sweep, most important first. Doubts about the result come before the table.</summary>
internal static class ImportanceTable
{
    public static void Write(IAnsiConsole console, ImportanceReport report)
    {
        console.WriteLine(Heading(report));
        if (report.Doubt is { } doubt)
            console.WriteLine(doubt);
        console.Write(Table(report));
        foreach (var remark in report.Remarks)
            console.WriteLine(remark);
    }

    private static string Heading(ImportanceReport report)
    {
        var from = $"{Figures.Of(report.Points, "point")} ({Figures.Of(report.Trials, "trial")})";
        return report.RSquared is { } rSquared
            ? string.Create(CultureInfo.InvariantCulture, $"Share of the variance of log EER across {from}; a random forest predicts it with an out-of-bag R² of {rSquared:0.00}.")
            : $"Validation EERs of {from}:";
    }

    private static Table Table(ImportanceReport report)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("hyperparameter");
        if (report.RSquared is not null)
            table.AddColumns(new TableColumn("share") { Alignment = Justify.Right }, new TableColumn("95 % interval") { Alignment = Justify.Right });
        table.AddColumns(new TableColumn("best"), new TableColumn("mean EER") { Alignment = Justify.Right }, new TableColumn("trials") { Alignment = Justify.Right });
        foreach (var importance in report.Hyperparameters)
            table.AddRow([.. Cells(importance, hasShares: report.RSquared is not null).Select(cell => new Text(cell))]);
        return table;
    }

    private static IEnumerable<string> Cells(Importance importance, bool hasShares)
    {
        yield return Hyperparameter.Named(importance.Hyperparameter).Heading;
        if (hasShares)
        {
            yield return importance.Share is { } share ? Percent(share.Value) : Figures.None;
            yield return importance.Share is { } around ? $"{Percent(around.Low)} to {Percent(around.High)}" : Figures.None;
        }

        var best = importance.Best;
        yield return best.Low == best.High ? TrialLabels.Write(best.Low) : $"{TrialLabels.Write(best.Low)} to {TrialLabels.Write(best.High)}";
        yield return Figures.Percent(best.Eer);
        yield return Figures.Count(best.Trials);
    }

    /// <summary>No decimals, because the intervals are wide.</summary>
    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
