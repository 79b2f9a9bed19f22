using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Proposers;

/// <summary>
/// All combinations of a search space's values, without equivalent ones. A value that no combination can use is an error:
/// a sweep over something that has no effect is a mistake that costs hours.
/// </summary>
internal static class GridSearch
{
    /// <summary>The points of the space; the last dimension varies fastest.</summary>
    /// <exception cref="BadInputException">A value is out of range, unknown or listed twice, or no combination can use it.</exception>
    public static Expansion Expand(SearchSpace space)
    {
        SpaceNames.Check(space);
        Dimension[] dimensions = [.. Hyperparameter.All.Select(h => space.Find(h.Name)).OfType<Dimension>()];
        if (dimensions.FirstOrDefault(dimension => dimension.Range is not null) is { } drawn)
            throw new BadInputException($"'{drawn.Hyperparameter}': a grid cannot list all numbers in {drawn.Range}; list values, or draw points with {SearchMethod.InsteadOfGrid}.");
        CheckCount(dimensions);
        CheckList(space);

        var selection = new Selection();
        var used = new HashSet<(string, HyperparameterValue)>();
        foreach (var stated in Combinations(dimensions))
        {
            var point = Point.Settle(space, stated);
            // If a dimension's conditions do not hold, its values make no separate combinations.
            if (dimensions.Any(dimension => point.Off.Contains(dimension.Hyperparameter) && stated[dimension.Hyperparameter] != dimension.Values[0]))
                continue;
            if (point.Problem is null)
                used.UnionWith(stated.Where(value => !point.Unused.Contains(value.Key) && !point.Off.Contains(value.Key)).Select(value => (value.Key, value.Value)));
            selection.Add(point.Hyperparameters, point.Problem);
        }

        CheckUse(dimensions, used, selection.WhyInvalid);
        return selection.ToExpansion();
    }

    private static IEnumerable<Dictionary<string, HyperparameterValue>> Combinations(Dimension[] dimensions) =>
        dimensions.Aggregate(
            (IEnumerable<ImmutableList<(string, HyperparameterValue)>>)[[]],
            (some, dimension) => some.SelectMany(stated => dimension.Values.Select(value => stated.Add((dimension.Hyperparameter, value)))))
        .Select(stated => stated.ToDictionary(value => value.Item1, value => value.Item2));

    private static void CheckCount(Dimension[] dimensions)
    {
        // As a double, because many long lists can overflow even a long.
        var count = dimensions.Aggregate(1.0, (product, dimension) => product * dimension.Values.Length);
        if (count > SweepLimits.Trials)
            throw new BadInputException(FormattableString.Invariant($"The space has {count:G3} combinations, more than the maximum of {SweepLimits.Trials:N0}; list fewer values, or draw points with {SearchMethod.InsteadOfGrid}."));
    }

    private static void CheckList(SearchSpace space)
    {
        if (!space.ValuesOf("pairing").Contains(Words.Of(Pairing.Listed)) || space.ValuesOf("batch-size") is not { Length: > 1 } batches)
            return;
        var pairs = space.ValuesOf("pairs") is { IsEmpty: false } stated ? stated.Min(value => value.Number) : Defaults.Pairs;
        if (batches.Max(batch => batch.Number) is var batch && batch > pairs)
            throw new BadInputException($"A batch of {batch} pairs is larger than the list of {pairs} pairs, so its size would have no effect; use smaller 'batch-size' or more pairs.");
    }

    private static void CheckUse(Dimension[] dimensions, HashSet<(string, HyperparameterValue)> used, string? whyInvalid)
    {
        foreach (var dimension in dimensions.Where(dimension => !dimension.IsDefault && dimension.Values.Any(value => !used.Contains((dimension.Hyperparameter, value)))))
            throw whyInvalid is null ? SpaceNames.Useless(dimension) : new BadInputException(whyInvalid);
    }
}
