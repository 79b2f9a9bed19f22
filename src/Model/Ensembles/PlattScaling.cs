using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Ensembles;

/// <summary>
/// P(same) = 1 / (1 + exp(A·distance + B)), for a prior of one half. A is never negative: a larger distance is never
/// more probably *same*. Platt, "Probabilistic outputs for support vector machines", 1999.
/// </summary>
/// <param name="A">Log odds lost for each unit of distance, from 0.</param>
/// <param name="B">Log odds against *same* at distance 0.</param>
public sealed record PlattScaling(double A, double B)
{
    private const int MaximumSteps = 100;
    private const double SmallestStep = 1e-10;
    private const double Ridge = 1e-12;
    private const double FlatGradient = 1e-9;

    /// <summary>A gain this small is lost in the rounding of the loss, and says nothing about the step size.</summary>
    private const double Negligible = 1e-13;

    /// <summary>The probability that a pair at this distance is *same*.</summary>
    public double Probability(double distance) => Logistic(-(A * distance + B));

    /// <summary>
    /// Fits A and B to pairs by cross-entropy, with half of the weight for each kind. Platt's targets (n₊ + 1)/(n₊ + 2) and
    /// 1/(n₋ + 2) instead of 1 and 0 keep A finite if the kinds do not overlap. Newton's method with backtracking: Lin, Lin,
    /// Weng, "A note on Platt's probabilistic outputs", 2007. A fit with A below 0 gives A = B = 0.
    /// </summary>
    /// <exception cref="ArgumentException">A kind is missing, the lengths differ, or a distance is not a finite number.</exception>
    public static PlattScaling Fit(ReadOnlySpan<float> distances, ReadOnlySpan<ImagePair> pairs) => Fit(distances, pairs, out _);

    /// <summary>The same, with the number of passes over all pairs.</summary>
    internal static PlattScaling Fit(ReadOnlySpan<float> distances, ReadOnlySpan<ImagePair> pairs, out int looks)
    {
        looks = 0;
        var (same, different) = KindsOf.Calibrating(distances, pairs);
        var (sum, squares) = (0.0, 0.0);
        foreach (var distance in distances)
            sum += distance;
        var mean = sum / pairs.Length;
        foreach (var distance in distances)
            squares += (distance - mean) * (distance - mean);
        var spread = Math.Sqrt(squares / pairs.Length);
        if (spread == 0)
            return new PlattScaling(0, 0);

        // Fitted in units of the spread around the mean, so that the steps suit any distance's scale.
        var (a, b) = Newton(distances, pairs, new Scale(mean, spread, same, different), out looks);
        return a > 0 ? new PlattScaling(a / spread, b - a * mean / spread) : new PlattScaling(0, 0);
    }

    private static (double A, double B) Newton(ReadOnlySpan<float> distances, ReadOnlySpan<ImagePair> pairs, Scale scale, out int looks)
    {
        var (a, b) = (0.0, 0.0); // The prior's own log odds are 0.
        looks = 1;
        var here = Slope.At(a, b, distances, pairs, scale);
        for (var round = 0; round < MaximumSteps && (Math.Abs(here.A) > FlatGradient || Math.Abs(here.B) > FlatGradient); round++)
        {
            var (aa, bb) = (here.AA + Ridge, here.BB + Ridge);
            var determinant = aa * bb - here.AB * here.AB;
            var stepA = -(bb * here.A - here.AB * here.B) / determinant;
            var stepB = -(aa * here.B - here.AB * here.A) / determinant;
            var downhill = here.A * stepA + here.B * stepB;
            if (-downhill < Negligible)
                return (a + stepA, b + stepB); // This close, a full step is best.

            var step = 1.0;
            looks++;
            var next = Slope.At(a + stepA, b + stepB, distances, pairs, scale);
            while (next.Loss > here.Loss + 1e-4 * step * downhill && step > SmallestStep)
            {
                step /= 2;
                looks++;
                next = Slope.At(a + step * stepA, b + step * stepB, distances, pairs, scale);
            }

            if (step <= SmallestStep)
                break; // Only rounding could still lower the loss.
            (a, b, here) = (a + step * stepA, b + step * stepB, next);
        }

        return (a, b);
    }

    private static double Logistic(double logOdds) =>
        logOdds >= 0 ? 1 / (1 + Math.Exp(-logOdds)) : Math.Exp(logOdds) / (1 + Math.Exp(logOdds));

    /// <summary>How distances are standardised, and the number of pairs of each kind.</summary>
    private readonly record struct Scale(double Mean, double Spread, int Same, int Different);

    /// <summary>The loss, its gradient and its Hessian at one (A, B).</summary>
    private readonly record struct Slope(double Loss, double A, double B, double AA, double AB, double BB)
    {
        public static Slope At(double a, double b, ReadOnlySpan<float> distances, ReadOnlySpan<ImagePair> pairs, Scale scale)
        {
            var (loss, ga, gb, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            var targetOfSame = (scale.Same + 1.0) / (scale.Same + 2.0);
            var targetOfDifferent = 1 / (scale.Different + 2.0);
            for (var i = 0; i < distances.Length; i++)
            {
                var isSame = pairs[i].Relation == Relation.Same;
                var target = isSame ? targetOfSame : targetOfDifferent;
                var weight = 0.5 / (isSame ? scale.Same : scale.Different);
                var x = (distances[i] - scale.Mean) / scale.Spread;
                var against = a * x + b;
                var small = Math.Exp(-Math.Abs(against));
                var probability = against >= 0 ? small / (1 + small) : 1 / (1 + small);

                loss += weight * (target * against + Math.Max(0, -against) + Math.Log(1 + small));
                var gradient = weight * (target - probability);
                var curvature = weight * probability * (1 - probability);
                ga += gradient * x;
                gb += gradient;
                aa += curvature * x * x;
                ab += curvature * x;
                bb += curvature;
            }

            return new Slope(loss, ga, gb, aa, ab, bb);
        }
    }
}
