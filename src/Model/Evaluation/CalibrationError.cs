using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Data;

namespace Siamese.Model.Evaluation;

/// <summary>
/// Expected calibration error: pairs are put in order of the probability that they are *same* and cut into bins of equal
/// mass; the error is the mean over bins, by mass, of how far the mean probability is from the share of same pairs. Naeini,
/// Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015; equal masses as Nixon et
/// al., 2019. Each kind weighs half in all, as in the prior of the probabilities.
/// </summary>
public sealed class CalibrationError
{
    private const int Bins = 15;
    private const double Rounding = 1e-9;

    private readonly ImagePair[] _pairs;
    private readonly double[] _probabilities;

    /// <param name="probabilities">The probability of each pair that it is *same*.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <exception cref="ArgumentException">The numbers of probabilities and of pairs differ, or a kind is missing.</exception>
    public CalibrationError(double[] probabilities, ImagePair[] pairs)
    {
        if (probabilities.Length != pairs.Length)
            throw new ArgumentException($"{probabilities.Length} probabilities do not go with {pairs.Length} pairs.", nameof(probabilities));
        if (!pairs.Any(pair => pair.Relation is Relation.Same) || !pairs.Any(pair => pair.Relation is Relation.Different))
            throw new ArgumentException("A calibration error needs pairs of both kinds.", nameof(pairs));
        (_probabilities, _pairs) = ((double[])probabilities.Clone(), (ImagePair[])pairs.Clone());
        Array.Sort(_probabilities, _pairs);
        var same = pairs.LongCount(pair => pair.Relation is Relation.Same);
        Error = Of(_ => 1, same, pairs.Length - same);
    }

    /// <summary>0 to 1.</summary>
    public double Error { get; }

    /// <summary>Its 95 % interval, by bootstrap over the images (<see cref="ImageBootstrap"/>).</summary>
    /// <param name="images">Number of images that the pairs are of.</param>
    /// <param name="draws">Draws of as many images.</param>
    /// <param name="seed">Of the draws.</param>
    public Interval Interval(int images, int draws = 200, int seed = 1)
    {
        var drawing = new ImageDraws(_pairs, images, seed);
        return ImageBootstrap.Percentiles(Enumerable.Range(0, draws).Select(_ =>
        {
            var (same, different) = drawing.Next();
            return Of(drawing.Of, same, different);
        }));
    }

    private double Of(Func<ImagePair, int> times, long same, long different)
    {
        var error = 0.0;
        var (said, so, mass) = (0.0, 0.0, 0.0);
        var end = 1.0 / Bins;
        for (var i = 0; i < _pairs.Length; i++)
        {
            var isSame = _pairs[i].Relation is Relation.Same;
            var weight = times(_pairs[i]) * 0.5 / (isSame ? same : different);
            said += weight * _probabilities[i];
            so += isSame ? weight : 0;
            mass += weight;
            // Pairs of one probability cannot be told apart, so a bin may be larger than its share.
            var mayEnd = i == _pairs.Length - 1 || _probabilities[i] != _probabilities[i + 1];
            if (!mayEnd || (mass < end - Rounding && i < _pairs.Length - 1))
                continue;
            error += Math.Abs(said - so);
            (said, so) = (0, 0);
            while (end <= mass + Rounding)
                end += 1.0 / Bins;
        }

        return error;
    }
}
