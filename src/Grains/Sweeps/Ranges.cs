using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>Checks each value of a request by itself. The client does so too, sooner; this is for every other caller.</summary>
internal static class Ranges
{
    private const int LargestEmbedding = 4096;

    public static void Check(SweepRequest request)
    {
        Check<int>("shards", [request.Shards], n => n >= 1, "at least 1");
        if (request.Seeds.IsDefaultOrEmpty)
            throw new BadInputException("A sweep needs at least one seed.");
        Check("seeds", request.Seeds, n => n >= 0, "0 or more");
        Check<int>("retries", [request.Retries], n => n >= 0, "0 or more");
        Check<int>("slots", request.Slots is { } slots ? [slots] : [], n => n >= 1, "at least 1");
    }

    public static void Check(SearchSpace space)
    {
        Check("encoders", space.Encoders, _ => true, "");
        Check("distances", space.Distances, _ => true, "");
        Check("losses", space.Losses, _ => true, "");
        Check("pairing", space.Pairings, Enum.IsDefined, "batch or listed");
        Check("embedding sizes", space.EmbeddingSizes, n => n is >= 1 and <= LargestEmbedding, $"from 1 to {LargestEmbedding}");
        Check("margins", space.Margins, m => m > 0 && double.IsFinite(m), "above 0");
        Check("batch sizes", space.BatchSizes, n => n >= 2, "at least 2");
        Check("balances", space.Balances, b => b is >= 0 and <= 1, "from 0 to 1");
        Check("learning rates", space.LearningRates, r => r > 0 && double.IsFinite(r), "above 0");
        Check<int>("epochs", space.Epochs is { } epochs ? [epochs] : [], n => n >= 1, "at least 1");
        Check<int>("pairs", space.Pairs is { } pairs ? [pairs] : [], n => n >= 1, "at least 1");
    }

    private static void Check<T>(string what, ImmutableArray<T> values, Predicate<T> isGood, string range)
    {
        var seen = new HashSet<T>();
        foreach (var value in values)
        {
            if (!isGood(value))
                throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"{value} is not good for {what}, which must be {range}."));
            if (!seen.Add(value))
                throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"{value} is listed twice for {what}; the same trial is never trained twice."));
        }
    }
}
