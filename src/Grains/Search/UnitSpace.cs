using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Search;

/// <summary>A search space as a unit cube: each stated dimension a number from 0 to below 1.</summary>
internal sealed class UnitSpace
{
    private readonly SearchSpace _space;
    private readonly (Dimension Dimension, ValueRange Range)[] _dimensions;

    /// <param name="space">Whose dimensions have been checked.</param>
    public UnitSpace(SearchSpace space)
    {
        _space = space;
        _dimensions = [.. from hyperparameter in Hyperparameter.All
                          let dimension = space.Find(hyperparameter.Name)
                          where dimension is not null
                          select (dimension, hyperparameter.Range)];
    }

    /// <summary>The point at a place of the cube, settled.</summary>
    public Point At(double[] place) =>
        Point.Settle(_space, _dimensions.Zip(place).ToDictionary(d => d.First.Dimension.Hyperparameter, d => ValueAt(d.First.Dimension, d.First.Range, d.Second)));

    private static HyperparameterValue ValueAt(Dimension dimension, ValueRange allowed, double share)
    {
        if (dimension.Range is not { } range)
            return dimension.Values[(int)(share * dimension.Values.Length)];
        if (!allowed.IsWhole)
            return range.At(share);
        // Each whole number has its stretch of the same length, the first and the last too.
        var whole = Math.Round(new NumberRange(range.Low - 0.5, range.High + 0.5, IsLog: false).At(share));
        return range.IsLog ? Math.Round(range.At(share)) : Math.Clamp(whole, range.Low, range.High);
    }
}
