using System.Collections.Immutable;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>
/// Expected calibration error: pairs are sorted by their probability of being *same* and cut into bins of equal mass. The
/// error is the mean over bins, weighted by mass, of the gap between the mean probability and the share of same pairs.
/// Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015; equal masses as
/// in Nixon et al., 2019. Each kind has half of the weight, as in the prior of the probabilities.
/// </summary>
public sealed class CalibrationError
{
    private const int Bins = 15;
    private const double Rounding = 1e-9;

    private readonly ImagePair[] _pairs;
    private readonly double[] _probabilities;

    /// <summary>The bin of each pair.</summary>
    private readonly int[] _bins;

    /// <summary>For each bin, how much the probability of *same* was too high, times the bin's mass.</summary>
    private readonly double[] _gaps;

    /// <param name="probabilities">The probability of each pair being *same*.</param>
    /// <param name="pairs">Pairs of both kinds.</param>
    /// <exception cref="ArgumentException">The numbers of probabilities and of pairs differ, or a kind is missing.</exception>
    public CalibrationError(double[] probabilities, ImagePair[] pairs)
    {
        if (probabilities.Length != pairs.Length)
            throw new ArgumentException($"{probabilities.Length} probabilities do not match {pairs.Length} pairs.", nameof(probabilities));
        if (!pairs.Any(pair => pair.Relation is Relation.Same) || !pairs.Any(pair => pair.Relation is Relation.Different))
            throw new ArgumentException("A calibration error needs pairs of both kinds.", nameof(pairs));
        (_probabilities, _pairs) = ((double[])probabilities.Clone(), (ImagePair[])pairs.Clone());
        Array.Sort(_probabilities, _pairs);
        var (same, different) = (CountOf(Relation.Same), CountOf(Relation.Different));
        _bins = Cut(same, different);
        _gaps = Gaps(_ => 1, same, different);
        Error = _gaps.Sum(Math.Abs);
    }

    /// <summary>0 to 1.</summary>
    public double Error { get; }

    /// <summary>
    /// Its 95 % interval, by bootstrap over the images (<see cref="ImageBootstrap"/>). Chance gaps only ever increase the
    /// error, and each draw adds its own: drawn errors exceed the error by as much as the error exceeds the true one. So
    /// they are reflected around the error (the basic interval of Davison and Hinkley, "Bootstrap methods", 1997). If chance
    /// alone makes gaps this large in one of twenty draws, the interval starts at 0.
    /// </summary>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <param name="draws">Number of draws, each of as many images.</param>
    /// <param name="seed">Seed of the draws.</param>
    public Interval Interval(int images, int draws = 200, int seed = 1)
    {
        var drawing = new ImageDraws(_pairs, images, seed);
        var (errors, noises) = (new double[draws], new double[draws]);
        for (var draw = 0; draw < draws; draw++)
        {
            var (same, different) = drawing.Next();
            var gaps = Gaps(drawing.Of, same, different);
            errors[draw] = gaps.Sum(Math.Abs);
            noises[draw] = gaps.Zip(_gaps, (drawn, own) => Math.Abs(drawn - own)).Sum();
        }

        var drawn = ImageBootstrap.Percentiles(errors);
        var mayBeNone = Error <= ImageBootstrap.Percentiles(noises, 0.9).High;
        var low = mayBeNone ? 0 : Math.Clamp((2 * Error) - drawn.High, 0, Error);
        return new Interval(low, Math.Max(Error, (2 * Error) - drawn.Low));
    }

    /// <summary>The bins of a reliability diagram, by increasing probability, with 95 % intervals by bootstrap over the images.</summary>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <param name="draws">Number of draws, each of as many images.</param>
    /// <param name="seed">Seed of the draws.</param>
    public ImmutableArray<ReliabilityBin> Reliability(int images, int draws = 200, int seed = 1)
    {
        var whole = Observe(_ => 1, CountOf(Relation.Same), CountOf(Relation.Different));
        var drawn = Array.ConvertAll(whole, _ => new List<double>(draws));
        var drawing = new ImageDraws(_pairs, images, seed);
        for (var draw = 0; draw < draws; draw++)
        {
            var (same, different) = drawing.Next();
            foreach (var (bin, (_, share, mass)) in Observe(drawing.Of, same, different).Index())
            {
                if (mass > 0)
                    drawn[bin].Add(share);
            }
        }

        var members = _pairs.Zip(_bins).ToLookup(pair => pair.Second, pair => pair.First);
        return [.. whole.Select((bin, place) => Of(bin.Predicted, bin.Share, drawn[place], [.. members[place]]))];

        static ReliabilityBin Of(double predicted, double share, List<double> drawn, ImagePair[] pairs)
        {
            var around = drawn.Count == 0 ? new Interval(0, 1) : ImageBootstrap.Percentiles(drawn);
            var independent = Math.Max(1, Math.Min(pairs.Length, pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().Count()));
            around = ExtremeRates.Widen(share, around, independent);
            return new(predicted, new Estimate(share, around.Low, around.High), pairs.Length);
        }
    }

    /// <summary>Of each bin: the mean probability, the share of same pairs, and the mass.</summary>
    private (double Predicted, double Share, double Mass)[] Observe(Func<ImagePair, int> times, long same, long different)
    {
        var bins = new (double Predicted, double Same, double Mass)[_bins[^1] + 1];
        for (var i = 0; i < _pairs.Length; i++)
        {
            var isSame = _pairs[i].Relation is Relation.Same;
            var mass = times(_pairs[i]) * 0.5 / (isSame ? same : different);
            ref var bin = ref bins[_bins[i]];
            bin = (bin.Predicted + (mass * _probabilities[i]), bin.Same + (isSame ? mass : 0), bin.Mass + mass);
        }

        return Array.ConvertAll(bins, bin => bin.Mass > 0 ? (bin.Predicted / bin.Mass, bin.Same / bin.Mass, bin.Mass) : default);
    }

    private long CountOf(Relation relation) => _pairs.LongCount(pair => pair.Relation == relation);

    /// <summary>Cuts the bins on the original pairs; draws reuse them.</summary>
    private int[] Cut(long same, long different)
    {
        var bins = new int[_pairs.Length];
        var (bin, mass, end) = (0, 0.0, 1.0 / Bins);
        for (var i = 0; i < _pairs.Length; i++)
        {
            bins[i] = bin;
            mass += 0.5 / (_pairs[i].Relation is Relation.Same ? same : different);
            // Pairs of equal probability stay together, so a bin may be larger than its share.
            var mayEnd = i < _pairs.Length - 1 && _probabilities[i] != _probabilities[i + 1];
            if (!mayEnd || mass < end - Rounding)
                continue;
            bin++;
            while (end <= mass + Rounding)
                end += 1.0 / Bins;
        }

        return bins;
    }

    private double[] Gaps(Func<ImagePair, int> times, long same, long different)
    {
        var gaps = new double[_bins[^1] + 1];
        var (ofSame, ofDifferent) = (0.5 / same, 0.5 / different);
        for (var i = 0; i < _pairs.Length; i++)
        {
            gaps[_bins[i]] += times(_pairs[i]) * (_pairs[i].Relation is Relation.Same
                ? ofSame * (_probabilities[i] - 1)
                : ofDifferent * _probabilities[i]);
        }

        return gaps;
    }
}
