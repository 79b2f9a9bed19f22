using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Evaluation.Intervals;

/// <summary>
/// Intervals of rates of 0 and 1. Resampling what has no error never draws one, and would claim that the rate is exactly 0.
/// But if each of n independent images errs with probability p, none does with probability (1 - p)ⁿ, so rates up to
/// 1 - 0.05^(1/n), about 3/n, are compatible with no errors at 95 %: the "rule of three" of Hanley and Lippman-Hand, "If
/// nothing goes wrong, is everything all right?", JAMA 1983.
/// </summary>
public static class ExtremeRates
{
    private const double Alpha = 0.05;

    /// <summary>The interval, widened if the rate is 0 or 1.</summary>
    /// <param name="rate">The measured rate.</param>
    /// <param name="interval">Its 95 % interval by resampling.</param>
    /// <param name="independent">Number of independent observations, from 1.</param>
    public static Interval Widen(double rate, Interval interval, int independent)
    {
        var none = Math.Pow(Alpha, 1.0 / independent);
        return rate <= 0 ? interval with { High = Math.Max(interval.High, 1 - none) }
            : rate >= 1 ? interval with { Low = Math.Min(interval.Low, none) }
            : interval;
    }

    /// <summary>Number of independent pairs of a kind: at most as many as there are pairs, and as there are images in them.</summary>
    public static int Independent(IReadOnlyCollection<ImagePair> pairs, Relation relation)
    {
        var images = new HashSet<int>();
        var count = 0;
        foreach (var pair in pairs)
        {
            if (pair.Relation != relation)
                continue;
            count++;
            images.Add(pair.First);
            images.Add(pair.Second);
        }

        return Math.Max(1, Math.Min(count, images.Count));
    }

    /// <summary>The smaller number of independent pairs of the two kinds.</summary>
    public static int Independent(IReadOnlyCollection<ImagePair> pairs) =>
        Math.Min(Independent(pairs, Relation.Same), Independent(pairs, Relation.Different));
}
