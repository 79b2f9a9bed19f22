using System.Xml.Linq;
using Siamese.Client.Words;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;
using Siamese.Plots;

namespace Siamese.Client.Commands.Reports;

/// <summary>The part of a report about the ensemble: its members, and how good it is on test pairs.</summary>
internal static class EnsemblePart
{
    /// <param name="result">Its figures on test pairs; null if they are not known.</param>
    public static IEnumerable<XElement> Of(EnsembleFindings findings, SweepResult? result, TrialLabels labels)
    {
        var ensemble = findings.Summary.Ensemble;
        yield return Html.Paragraph($"Ensemble {ensemble.Name}, version {ensemble.Version}, formed {Figures.Time(ensemble.FormedAt)}: EER on validation pairs {Figures.Percent(ensemble.Validation.Eer)}.");
        yield return Html.Table(
            ["member", "weight#", "threshold#", "validation EER#", "EER on unseen shards#", "error rate on test pairs#"],
            ensemble.Members.Select((member, place) => (string[])
            [
                labels.Of(member.Trial, member.Spec),
                Figures.Decimals(member.Weight),
                Figures.Decimals(member.Threshold),
                Figures.Percent(member.ValidationEer),
                Figures.Percent(member.UnseenShardsEer),
                Figures.Percent(findings.Errors is { Rates: { IsDefault: false } rates } && place < rates.Length ? rates[place] : null),
            ]));
        foreach (var part in result is null ? [] : OnTestPairs(result))
            yield return part;
    }

    /// <summary>Its worst mistakes, as images.</summary>
    public static IEnumerable<XElement> Worst(IReadOnlyList<WorstImage> worst)
    {
        if (worst.Count == 0)
            yield break;
        yield return Html.Heading(2, "Worst mistakes on test pairs");
        yield return new XElement("div", new XAttribute("class", "pairs"), worst.Select(pair => Html.Image(
            pair.Image.Png.AsSpan(),
            $"{pair.Image.First} and {pair.Image.Second}: {Word.Of(pair.Pair.Truth)}, but the probability of same is {Figures.Percent(pair.Pair.Probability)}")));
    }

    private static IEnumerable<XElement> OnTestPairs(SweepResult result)
    {
        var intervals = result.Intervals;
        yield return Html.Heading(3, $"On {Figures.Count(result.TestPairs)} held-out test pairs");
        yield return Html.Table(
            ["", "EER#", "95 % interval#", "AUC#", "accuracy#", "TAR at FAR 1 %#", "TAR at FAR 0.1 %#"],
            [Row("ensemble", result.Test, intervals?.Ensemble), Row($"best member {Figures.ShortId(result.BestMember)}", result.BestMemberTest, intervals?.BestMember)]);
        if (intervals is null)
            yield break;
        yield return Html.List(
        [
            $"EER difference: {Figures.Points(result.Test.Eer - result.BestMemberTest.Eer)} points ({Between(intervals.Difference)}), {(intervals.Difference is { High: < 0 } or { Low: > 0 } ? "unlikely to be chance" : "may be chance")}.",
            $"Probabilities are off by {Figures.Points(intervals.CalibrationError)} points on average ({Between(intervals.Calibration)}).",
            .. result.Errors is { Shared: { IsDefaultOrEmpty: false } shared } ? [$"Errors in common: {Figures.Percent(shared.Average())} of the mistakes that either of two members makes, on average."] : Array.Empty<string>(),
            $"Intervals are 95 %, from a bootstrap over the {Figures.Count(intervals.Images)} test images.",
        ]);
    }

    private static string[] Row(string name, PairMetrics metrics, Interval? eer) =>
    [
        name, Figures.Percent(metrics.Eer), eer is { } interval ? Between(interval) : Figures.None, Figures.Percent(metrics.Auc), Figures.Percent(metrics.Accuracy),
        Figures.Percent(metrics.TarAtFar01), Figures.Percent(metrics.TarAtFar001),
    ];

    private static string Between(Interval interval) => $"{Figures.Points(interval.Low)} to {Figures.Points(interval.High)}";
}
