namespace Siamese.Model.Data.Strokes;

/// <summary>
/// The time of each point, with pauses shortened, so that a writer who hesitates does not use up the points of a resampled
/// drawing:
/// <list type="number">
/// <item>A step within a stroke counts as at most 20 typical steps. The typical step is the median of the steps within
/// strokes that take time.</item>
/// <item>A gap between strokes counts as at most 10 % of the time with the pen down, or one typical step if that is longer.</item>
/// </list>
/// If no step within a stroke takes time, gaps keep their length.
/// </summary>
internal static class PenClock
{
    private const double LongestStep = 20, LongestGap = 0.1;

    /// <summary>From 0 to 1.</summary>
    /// <param name="ink">Points whose times differ and never fall.</param>
    public static double[] Of(PenPoint[] ink)
    {
        // Shares of the duration first, since times may be huge or tiny.
        var duration = ink[^1].Time - ink[0].Time;
        var times = Array.ConvertAll(ink, point => (point.Time - ink[0].Time) / duration);
        double[] typical = [.. Enumerable.Range(1, ink.Length - 1).Where(i => !ink[i].StartsStroke && Step(i) > 0).Select(Step).Order()];
        if (typical.Length == 0)
            return times;

        var median = typical[typical.Length / 2];
        var longestStep = LongestStep * median;
        var longestGap = Math.Max(median, LongestGap * typical.Sum(step => Math.Min(step, longestStep)));
        var clock = new double[ink.Length];
        for (var i = 1; i < ink.Length; i++)
            clock[i] = clock[i - 1] + Math.Min(Step(i), ink[i].StartsStroke ? longestGap : longestStep);
        return Array.ConvertAll(clock, time => time / clock[^1]);

        double Step(int i) => times[i] - times[i - 1];
    }
}
