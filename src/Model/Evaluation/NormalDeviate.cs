namespace Siamese.Model.Evaluation;

/// <summary>The scale of detection error tradeoff curves, on which those of normal distributions are straight (Martin et al., Eurospeech 1997).</summary>
internal static class NormalDeviate
{
    /// <summary>The standard normal quantile of this probability, accurate to 0.0005: Abramowitz and Stegun, 26.2.23.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Of(double probability)
    {
        if (probability > 0.5)
            return -Of(1 - probability);
        var t = Math.Sqrt(-2 * Math.Log(probability));
        return ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308))))))) - t;
    }
}
