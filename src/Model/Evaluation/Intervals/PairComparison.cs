using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>Compares an ensemble and one of its members on the same pairs, with 95 % intervals by bootstrap over images (<see cref="ImageBootstrap"/>).</summary>
/// <param name="Ensemble">The ensemble.</param>
/// <param name="Member">The member.</param>
/// <param name="Difference">The ensemble's EER minus the member's, both on the same draws.</param>
public sealed record PairComparison(PairFigures Ensemble, PairFigures Member, Estimate Difference)
{
    /// <param name="ensemble">The ensemble's distance of each pair, and its threshold.</param>
    /// <param name="member">The member's distance of each pair, and its threshold.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <param name="draws">Number of draws, each of as many images.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="ArgumentException">A kind is missing, a distance is not a finite number, or the numbers of distances and of pairs differ.</exception>
    public static PairComparison Of(
        (float[] Distances, double Threshold) ensemble, (float[] Distances, double Threshold) member, ImagePair[] pairs, int images,
        int draws = 1000, int seed = 1)
    {
        var figures = new[] { ensemble, member }.Select(one => new DrawnFigures(one.Distances, pairs, one.Threshold)).ToArray();
        var drawn = Array.ConvertAll(figures, _ => new DrawnFigures.Figures[draws]);
        var drawing = new ImageDraws(pairs, images, seed);
        for (var draw = 0; draw < draws; draw++)
        {
            var (same, different) = drawing.Next();
            for (var one = 0; one < figures.Length; one++)
                drawn[one][draw] = figures[one].Of(drawing, same, different);
        }

        var (whole, alone) = (Measured(ensemble, pairs), Measured(member, pairs));
        var independent = ExtremeRates.Independent(pairs);
        return new(
            Estimates(whole, drawn[0], independent),
            Estimates(alone, drawn[1], independent),
            DifferenceOf(whole.Eer - alone.Eer, drawn[0].Zip(drawn[1], (ofEnsemble, ofMember) => ofEnsemble.Eer - ofMember.Eer)));
    }

    private static PairMetrics Measured((float[] Distances, double Threshold) one, ImagePair[] pairs) =>
        RocCurve.Of(one.Distances, pairs).ToMetrics(one.Threshold);

    private static PairFigures Estimates(PairMetrics measured, DrawnFigures.Figures[] drawn, int independent)
    {
        return new(
            Estimate(measured.Accuracy, one => one.Accuracy),
            Estimate(measured.Eer, one => one.Eer),
            Estimate(measured.Auc, one => one.Auc),
            Estimate(measured.TarAtFar01, one => one.TarAtFar01),
            Estimate(measured.TarAtFar001, one => one.TarAtFar001));

        Estimate Estimate(double value, Func<DrawnFigures.Figures, double> figure)
        {
            var interval = ExtremeRates.Widen(value, ImageBootstrap.Percentiles(drawn.Select(figure)), independent);
            return new(value, interval.Low, interval.High);
        }
    }

    private static Estimate DifferenceOf(double value, IEnumerable<double> drawn)
    {
        var interval = ImageBootstrap.Percentiles(drawn);
        return new(value, interval.Low, interval.High);
    }
}
