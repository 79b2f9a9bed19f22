using System.Diagnostics;

namespace Siamese.Bench;

/// <summary>Measures several sides in turn, so that whatever else the machine does affects all of them.</summary>
internal static class Alternation
{
    /// <summary>Runs each side twice to warm up, so that its code is fully compiled; then runs each in turn, for the given number of rounds.</summary>
    /// <returns>For each side, one rate per round.</returns>
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

    /// <summary>Units of work per second.</summary>
    public static double Rate(double work, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return work / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
