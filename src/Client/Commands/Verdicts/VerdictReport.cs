using System.Globalization;
using Siamese.Client.Words;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.References;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>The answer for one pair, and how each member voted.</summary>
internal static class VerdictReport
{
    /// <param name="isNewest">Whether the ensemble was chosen as the newest rather than named by the user.</param>
    public static void Write(IAnsiConsole console, Verdict verdict, bool isNewest)
    {
        console.WriteLine(
            $"{Word.Of(verdict.Answer)}: probability of same {Figures.Percent(verdict.Probability)}"
            + (verdict.Prior == VerdictTerms.Default.Prior ? ", " : $" with a prior of {Figures.Percent(verdict.Prior)}, ")
            + $"distance {Figures.Decimals(verdict.Distance)} (same up to {Figures.Decimals(verdict.Threshold)})");
        foreach (var doubt in verdict.Doubts)
            console.WriteLine($"  {doubt}");
        if (verdict.OperatingPoint is { } point)
        {
            console.WriteLine(
                $"at this threshold, on validation pairs: FAR {Rate(point.Far, point.FarInterval)}, FRR {Rate(point.Frr, point.FrrInterval)} "
                + "(95 % intervals for as many new images)");
        }

        console.WriteLine(
            $"ensemble {verdict.Ensemble}{(isNewest ? " (the newest)" : "")}, version {verdict.Version}, "
            + string.Create(CultureInfo.InvariantCulture, $"{verdict.Milliseconds:0.0} ms"));
        if (verdict.References is { } references)
            console.WriteLine(References(references));
        foreach (var vote in verdict.Members)
        {
            console.WriteLine(
                $"  {Figures.ShortId(vote.Trial)} votes {Word.Of(vote.Vote)}: distance {Figures.Decimals(vote.Distance)} "
                + $"(same up to {Figures.Decimals(vote.Threshold)}), weight {Figures.Decimals(vote.Weight)}");
        }
        AbsentMembers.Write(console, verdict.Absent);
        if (verdict.Id is { } id)
            console.WriteLine($"if you know what the pair really is: client feedback {id} same|different");
    }

    /// <summary>How several references are compared, after "by".</summary>
    public static string InWords(ReferenceRule rule) => rule switch
    {
        ReferenceRule.Nearest => "the nearest of them",
        ReferenceRule.Mean => "their mean distance",
        _ => "a normal distribution of their embeddings",
    };

    private static string References(ReferenceUse use) =>
        $"against {Figures.Of(use.Count, "reference")}{(use.Count == 1 ? "" : $", by {InWords(use.Rule)}")}{(use.CalibratedFor < use.Count ? $" (calibrated for {use.CalibratedFor}, the most that validation images sufficed for)" : "")}; "
        + $"distances of single pairs: {string.Join(", ", use.Distances.Select(Figures.Decimals))}";

    /// <summary>The summary of a bulk verdict.</summary>
    public static void Write(IAnsiConsole console, BulkVerdictDocument bulk)
    {
        console.WriteLine(
            $"{Figures.Of(bulk.Pairs - bulk.Earlier, "pair")} judged in {Figures.Duration(bulk.Seconds)} by {bulk.Ensemble}, version {bulk.Version}: "
            + $"{Figures.Count(bulk.Same)} same, {Figures.Count(bulk.Different)} different, {Figures.Count(bulk.Unsure)} unsure.");
        if (bulk.Earlier > 0)
            console.WriteLine($"{Figures.Of(bulk.Earlier, "pair")} already judged earlier.");
        if (bulk.Problems > 0)
            console.WriteLine($"{Figures.Of(bulk.Problems, "pair")} got no verdict; see the last column for the reason.");
        console.WriteLine(bulk.Out);
    }

    private static string Rate(double rate, Interval interval) => $"{Figures.Percent(rate)} ({Figures.Points(interval.Low)} to {Figures.Percent(interval.High)})";
}
