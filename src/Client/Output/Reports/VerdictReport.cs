using System.Globalization;
using Siamese.Client.CommandLine;
using Siamese.Contracts.Ensembles;
using Spectre.Console;

namespace Siamese.Client.Output.Reports;

/// <summary>The answer for one pair, and what each member said.</summary>
internal static class VerdictReport
{
    /// <param name="isNewest">Whether the ensemble was chosen as the newest rather than named by the user.</param>
    public static void Write(IAnsiConsole console, Verdict verdict, bool isNewest)
    {
        console.WriteLine(
            $"{Word.Of(verdict.Relation)}: probability of same {Figures.Percent(verdict.Probability)}, "
            + $"distance {Decimal(verdict.Distance)} (same up to {Decimal(verdict.Threshold)})");
        console.WriteLine(
            $"ensemble {verdict.Ensemble}{(isNewest ? " (the newest)" : "")}, version {verdict.Version}, "
            + string.Create(CultureInfo.InvariantCulture, $"{verdict.Milliseconds:0.0} ms"));
        foreach (var vote in verdict.Members)
        {
            console.WriteLine(
                $"  {Figures.ShortId(vote.Trial)} says {Word.Of(vote.Vote)}: distance {Decimal(vote.Distance)} "
                + $"(same up to {Decimal(vote.Threshold)}), weight {Decimal(vote.Weight)}");
        }
        if (verdict.IsDegraded)
            console.WriteLine("degraded: not all members of the ensemble had a part in this");
        foreach (var absent in verdict.Absent)
            console.WriteLine($"  {Figures.ShortId(absent.Trial)} is absent, weight {Decimal(absent.Weight)}: {absent.Reason}");
    }

    private static string Decimal(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
