using System.Globalization;

namespace Siamese.Grains.Search.Pruners;

/// <summary>
/// Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020), with
/// η = 3 and rungs after 1, 3, 9, ... epochs. Of the trials that reached a rung, the best third continues; the others wait
/// there until they are in the best third.
/// </summary>
internal sealed class AshaPruner : IPruner
{
    /// <summary>The paper's η.</summary>
    private const int Reduction = 3;

    public int DecidesAfter(int epochs)
    {
        var rung = 0;
        for (long next = 1; next <= epochs; next *= Reduction)
            rung = (int)next;
        return rung;
    }

    public double ValueOf(IReadOnlyList<double> eers, int epoch) => eers[epoch - 1];

    public string? Judge(int epoch, double own, IReadOnlyCollection<double> others, bool isIdle)
    {
        var all = others.Count + 1;
        // While too few trials have reached the rung to rank them, new points are tried instead.
        var kept = Math.Max(all / Reduction, isIdle ? 1 : 0);
        var better = others.Count(other => other < own);
        if (better < kept)
            return null;
        var did = string.Create(CultureInfo.InvariantCulture, $"paused after epoch {epoch} with an EER of {100 * own:0.0} %");
        return kept == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{did}, until {Reduction} trials have got this far")
            : string.Create(CultureInfo.InvariantCulture, $"{did}, rank {better + 1} of the {all} trials that got this far: the best {(kept == 1 ? "one continues" : $"{kept} continue")}");
    }
}
