using System.Globalization;

namespace Siamese.Grains.Search.Pruning;

/// <summary>
/// Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020), with
/// η = 3 and rungs after 1, 3, 9, ... epochs: the best third of those that have come to a rung goes on, the others wait
/// there until they are among it.
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

    public string? Judge(int epoch, IReadOnlyList<double> own, IReadOnlyCollection<IReadOnlyList<double>> others, bool isIdle)
    {
        var (value, all) = (own[epoch - 1], others.Count + 1);
        // While there are too few to say who is good, something new is tried.
        var kept = Math.Max(all / Reduction, isIdle ? 1 : 0);
        var better = others.Count(other => other[epoch - 1] < value);
        if (better < kept)
            return null;
        var did = string.Create(CultureInfo.InvariantCulture, $"paused after epoch {epoch} with an EER of {100 * value:0.0} %");
        return kept == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{did}, until {Reduction} trials have got so far")
            : string.Create(CultureInfo.InvariantCulture, $"{did}, number {better + 1} of the {all} that got so far: the best {(kept == 1 ? "one goes" : $"{kept} go")} on");
    }
}
