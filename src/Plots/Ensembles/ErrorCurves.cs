using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Ensembles;

/// <summary>The errors of an ensemble for every threshold, on test pairs.</summary>
public static class ErrorCurves
{
    /// <summary>The share of same pairs that are accepted, by the share of different pairs that are.</summary>
    public static Picture Roc(Format format, Evaluation evaluation, PairEvaluation pairs)
    {
        var frame = new Frame(
            format, $"ROC curve of {Name(evaluation)}", Note(pairs), Axis.Log("False accept rate (%)", Least(pairs.Different), 100),
            Axis.Around("True accept rate (%)", [.. Points(pairs).Select(point => 100 * (1 - point.Frr))]));
        return frame.Picture("roc", [.. Band(frame, pairs, frr => 100 * (1 - frr)), new Polyline(Ink.Series[0], [.. Points(pairs).Select(point => frame.At(100 * point.Far, 100 * (1 - point.Frr)))], 2.5), .. Eer(frame, pairs, isRoc: true)]);
    }

    /// <summary>Both error rates (Martin et al., "The DET curve in assessment of detection task performance", 1997), on logarithmic axes.</summary>
    public static Picture Det(Format format, Evaluation evaluation, PairEvaluation pairs)
    {
        var frame = new Frame(
            format, $"DET curve of {Name(evaluation)}", Note(pairs), Axis.Log("False accept rate (%)", Least(pairs.Different), 100),
            Axis.Log("False reject rate (%)", Least(pairs.Same), 100));
        return frame.Picture("det", [.. Band(frame, pairs, frr => 100 * frr), new Polyline(Ink.Series[0], [.. Points(pairs).Select(point => frame.At(100 * point.Far, 100 * point.Frr))], 2.5), .. Eer(frame, pairs, isRoc: false)]);
    }

    /// <summary>Below one pair, nothing is known.</summary>
    private static double Least(int pairs) => 100.0 / Math.Max(10, pairs);

    private static IEnumerable<CurvePoint> Points(PairEvaluation pairs) => pairs.Curve.Where(point => point.Far > 0 && point.Far * pairs.Different >= 1 - 1e-9);

    private static IEnumerable<Shape> Band(Frame frame, PairEvaluation pairs, Func<double, double> up)
    {
        if (!pairs.Bands.IsDefaultOrEmpty)
            yield return new Area(Ink.Series[0], [.. pairs.Bands.Select(band => frame.At(100 * band.Far, up(band.Frr.Low))), .. pairs.Bands.Reverse().Select(band => frame.At(100 * band.Far, up(band.Frr.High)))]) { Opacity = 0.2 };
    }

    private static IEnumerable<Shape> Eer(Frame frame, PairEvaluation pairs, bool isRoc)
    {
        var eer = 100 * pairs.Ensemble.Eer.Value;
        var at = frame.At(eer, isRoc ? 100 - eer : eer);
        yield return new Dot(Ink.Series[1], at, 6) { Hint = $"EER {Figures.Percent(pairs.Ensemble.Eer.Value)}" };
        yield return new Label(
            Ink.Series[1], new(at.X + 12, at.Y + (isRoc ? 20 : -8)), $"EER {Figures.Percent(pairs.Ensemble.Eer.Value)} ({Figures.Points(pairs.Ensemble.Eer.Low)} to {Figures.Points(pairs.Ensemble.Eer.High)})", Label.Small);
    }

    private static string Name(Evaluation evaluation) => $"{evaluation.Ensemble}, version {evaluation.Version}";

    private static string Note(PairEvaluation pairs) =>
        $"On {Figures.Count(pairs.Same)} same and {Figures.Count(pairs.Different)} different pairs. Band and interval are 95 %, from a bootstrap over {Figures.Count(pairs.Images)} images.";
}
