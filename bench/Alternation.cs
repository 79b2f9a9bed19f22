using System.Diagnostics;

namespace Siamese.Bench;

/// <summary>Measures several sides in turn, so that whatever else the machine does meets all of them.</summary>
internal static class Alternation
{
    /// <summary>Runs each side twice to warm up, until its code is compiled for good; then each in turn for so many rounds.</summary>
    /// <returns>For each side, one rate a round.</returns>
    public static double[][] Rates(int rounds, params Func<double>[] sides)
    {
        foreach (var side in (IEnumerable<Func<double>>)[.. sides, .. sides])
            side();
        var rates = Array.ConvertAll(sides, _ => new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
                rates[side][round] = sides[side]();
        }

        return rates;
    }

    /// <summary>So many units of work a second.</summary>
    public static double Rate(double work, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return work / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
