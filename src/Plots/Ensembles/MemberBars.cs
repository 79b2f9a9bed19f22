using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Ensembles;

/// <summary>The members of an ensemble: their weights, and their errors.</summary>
public static class MemberBars
{
    public static Picture Weights(Format format, Ensemble ensemble)
    {
        var (labels, rows) = Rows(format, ensemble);
        var frame = rows.Frame(
            $"Weights of the members of {ensemble.Name}, version {ensemble.Version}",
            note: null,
            Axis.Linear("Share of the combined distance (%)", 0, 100 * ensemble.Members.Max(member => member.Weight) * 1.04));
        return frame.Picture("member-weights", ensemble.Members.Index().Select(member =>
            rows.Bar(frame, member.Index, 0, 100 * member.Item.Weight, Ink.Series[0]) with { Hint = $"{labels.Of(member.Item.Trial, member.Item.Spec)}: {Figures.Percent(member.Item.Weight)}" }));
    }

    /// <summary>Each member's validation EER, its EER on unseen shards and its error rate on test pairs, as far as they are known.</summary>
    /// <param name="errors">The members' errors on test pairs; null if they were not measured.</param>
    public static Picture Errors(Format format, Ensemble ensemble, MemberErrors? errors)
    {
        var (labels, rows) = Rows(format, ensemble);
        (string Name, Ink Ink, Func<int, double?> Of)[] kinds =
        [
            ("validation EER", Ink.Series[0], place => ensemble.Members[place].ValidationEer),
            ("EER on unseen shards", Ink.Series[2], place => ensemble.Members[place].UnseenShardsEer),
            ("error rate on test pairs", Ink.Series[1], place => errors is { Rates: { IsDefault: false } rates } && place < rates.Length ? rates[place] : null),
        ];
        var shown = kinds.Where(kind => ensemble.Members.Index().Any(member => kind.Of(member.Index) is not null)).ToList();
        var all = 100 * ensemble.Validation.Eer;
        double[] values = [all, .. shown.SelectMany(kind => ensemble.Members.Index().Select(member => 100 * kind.Of(member.Index)).OfType<double>())];
        var frame = rows.Frame(
            $"Errors of the members of {ensemble.Name}, version {ensemble.Version}",
            note: null,
            Axis.Linear("Error rate (%)", 0, 1.05 * values.Where(double.IsFinite).Append(0.1).Max()));
        var (top, bottom) = (rows.At(frame, 0, all), rows.At(frame, ensemble.Members.Length - 1, all));
        return frame.Picture("member-errors",
        [
            new Polyline(Ink.Faint, [top with { Y = top.Y - 17 }, bottom with { Y = bottom.Y + 17 }]),
            .. shown.SelectMany(kind => ensemble.Members.Index().Where(member => kind.Of(member.Index) is not null).Select(member =>
                new Dot(kind.Ink, rows.At(frame, member.Index, 100 * kind.Of(member.Index)!.Value), 6) { Hint = $"{kind.Name} of {labels.Of(member.Item.Trial, member.Item.Spec)}: {Figures.Percent(kind.Of(member.Index))}" })),
        ],
        [.. shown.Select(kind => new LegendEntry(kind.Ink, kind.Name)), new(Ink.Faint, "the ensemble's validation EER")]);
    }

    private static (TrialLabels Labels, Rows Rows) Rows(Format format, Ensemble ensemble)
    {
        var labels = new TrialLabels([.. ensemble.Members.Select(member => member.Spec)]);
        return (labels, new(format, "Member", [.. ensemble.Members.Select(member => labels.Of(member.Trial, member.Spec))]));
    }
}
