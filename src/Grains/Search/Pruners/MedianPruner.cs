using System.Globalization;

namespace Siamese.Grains.Search.Pruners;

/// <summary>
/// The median rule (Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD 2017): a trial
/// continues while its lowest EER is at most the median of the other trials' at the same epoch.
/// </summary>
internal sealed class MedianPruner : IPruner
{
    /// <summary>A median of fewer trials is not reliable.</summary>
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
            : string.Create(CultureInfo.InvariantCulture, $"paused after epoch {epoch} with an EER of {100 * own:0.0} %, above {100 * median:0.0} %, the median of the {others.Count} other trials that got this far");
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
