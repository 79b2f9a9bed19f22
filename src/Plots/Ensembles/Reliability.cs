using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Ensembles;

/// <summary>How often pairs are the same for which an ensemble states a probability: a reliability diagram (DeGroot, Fienberg 1983).</summary>
public static class Reliability
{
    /// <returns>Null if it was not measured, as by a silo of an earlier build.</returns>
    public static Picture? Of(Format format, Evaluation evaluation, PairEvaluation pairs)
    {
        if (pairs.Reliability.IsDefaultOrEmpty)
            return null;
        var frame = new Frame(
            format,
            $"Reliability of the probabilities of {evaluation.Ensemble}, version {evaluation.Version}",
            $"On the dashed line, probabilities hold. They are off by {Figures.Points(pairs.CalibrationError.Value)} points on average ({Figures.Points(pairs.CalibrationError.Low)} to {Figures.Points(pairs.CalibrationError.High)}); lines are 95 % intervals.",
            Axis.Linear("Stated probability of same (%)", 0, 100),
            Axis.Linear("Share that is the same (%)", 0, 100));
        return frame.Picture(
            "reliability",
            [new Polyline(Ink.Faint, [frame.At(0, 0), frame.At(100, 100)], 1.5) { IsDashed = true }, .. pairs.Reliability.SelectMany(bin => Shapes(frame, bin))]);
    }

    private static IEnumerable<Shape> Shapes(Frame frame, ReliabilityBin bin)
    {
        var x = 100 * bin.Predicted;
        yield return new Polyline(Ink.Series[0], [frame.At(x, 100 * bin.Observed.Low), frame.At(x, 100 * bin.Observed.High)], 1.5);
        yield return new Dot(Ink.Series[0], frame.At(x, 100 * bin.Observed.Value), 5)
        {
            Hint = $"Of {Figures.Of(bin.Pairs, "pair")} with a mean probability of {Figures.Percent(bin.Predicted)}, {Figures.Percent(bin.Observed.Value)} are the same ({Figures.Points(bin.Observed.Low)} to {Figures.Points(bin.Observed.High)}).",
        };
    }
}
