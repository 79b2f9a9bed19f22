using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>Checks the parts of a request outside its search space. The client checks them earlier; this protects against other callers.</summary>
internal static class Ranges
{
    public static void Check(SweepRequest request)
    {
        Check<int>("shards", [request.Shards], n => n >= 1, "at least 1");
        if (request.Seeds.IsDefaultOrEmpty)
            throw new BadInputException("A sweep needs at least one seed.");
        Check("seeds", request.Seeds, n => n >= 0, "0 or more");
        Check<int>("retries", [request.Retries], n => n >= 0, "0 or more");
        Check<int>("members", [request.Members], n => n >= 1, "at least 1");
        Check<int>("trials", request.Points is { } points ? [points] : [], n => n >= 1, "at least 1");
        Check<double>("until-eer", request.Stop.Eer is { } eer ? [eer] : [], n => n is > 0 and < 1, "between 0 and 1");
        Check<double>("for", request.Stop.After is { } after ? [after.TotalSeconds] : [], n => n > 0, "above 0");
        Check<int>("slots", request.Slots is { } slots ? [slots] : [], n => n >= 1, "at least 1");
    }

    private static void Check<T>(string what, ImmutableArray<T> values, Predicate<T> isGood, string range)
    {
        var seen = new HashSet<T>();
        foreach (var value in values)
        {
            if (!isGood(value))
                throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"{value} is not a valid value for {what}; it must be {range}."));
            if (!seen.Add(value))
                throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"{value} is listed twice for {what}; the same trial is never trained twice."));
        }
    }
}
