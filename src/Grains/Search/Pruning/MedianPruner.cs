using System.Globalization;

namespace Siamese.Grains.Search.Pruning;

/// <summary>
/// The median rule (Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD 2017): a trial goes on while
/// its lowest EER is no higher than the median of the others' at the same epoch.
/// </summary>
internal sealed class MedianPruner : IPruner
{
    /// <summary>Of fewer others a median says little.</summary>
    private const int FewestOthers = 5;

    public int DecidesAfter(int epochs) => epochs;

    public double ValueOf(IReadOnlyList<double> eers, int epoch) => eers.Take(epoch).Min();

    public string? Judge(int epoch, double own, IReadOnlyCollection<double> others, bool isIdle)
    {
        if (others.Count < FewestOthers)
            return null;
        var median = Median([.. others.Order()]);
        return own <= median
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"paused after epoch {epoch} with an EER of {100 * own:0.0} %, above {100 * median:0.0} %, the median of the {others.Count} others that got so far");
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
