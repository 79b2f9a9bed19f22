using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search;

/// <summary>A search space as a unit cube: each dimension is a number in [0, 1).</summary>
internal sealed class UnitSpace
{
    private const double JustBelowOne = 1 - 1e-12;

    private readonly SearchSpace _space;
    private readonly (Dimension Dimension, Hyperparameter Hyperparameter)[] _dimensions;

    /// <param name="space">The space, with checked dimensions.</param>
    public UnitSpace(SearchSpace space)
    {
        _space = space;
        _dimensions = [.. from hyperparameter in Hyperparameter.All
                          let dimension = space.Find(hyperparameter.Name)
                          where dimension is not null
                          select (dimension, hyperparameter)];
    }

    /// <summary>The number of listed values of each dimension; 0 for a range.</summary>
    public int[] Choices => [.. _dimensions.Select(d => d.Dimension.Range is null ? d.Dimension.Values.Length : 0)];

    /// <summary>The settled point at a place of the cube.</summary>
    public Point At(double[] place) =>
        Point.Settle(_space, _dimensions.Zip(place).ToDictionary(d => d.First.Hyperparameter.Name, d => ValueAt(d.First.Dimension, d.First.Hyperparameter.Range, d.Second)));

    /// <summary>The place of a point; NaN if a dimension does not apply there.</summary>
    public double[] PlaceOf(Hyperparameters point) =>
        [.. _dimensions.Select(d => d.Hyperparameter.Get(point) is { } value && d.Dimension.IsOn(point) ? PlaceOf(value, d.Dimension, d.Hyperparameter.Range) : double.NaN)];

    private static HyperparameterValue ValueAt(Dimension dimension, ValueRange allowed, double share)
    {
        if (dimension.Range is not { } range)
            return dimension.Values[(int)(share * dimension.Values.Length)];
        if (!allowed.IsWhole)
            return range.At(share);
        return range.IsLog ? Math.Round(range.At(share)) : Math.Clamp(Math.Round(Stretches(range).At(share)), range.Low, range.High);
    }

    private static double PlaceOf(HyperparameterValue value, Dimension dimension, ValueRange allowed)
    {
        if (dimension.Range is not { } range)
            return dimension.Values.IndexOf(value) is >= 0 and var index ? (index + 0.5) / dimension.Values.Length : double.NaN;
        var share = (allowed.IsWhole && !range.IsLog ? Stretches(range) : range).ShareOf(value.Number);
        return Math.Clamp(share, 0, JustBelowOne);
    }

    /// <summary>Gives each whole number an interval of the same length, including the first and the last.</summary>
    private static NumberRange Stretches(NumberRange range) => new(range.Low - 0.5, range.High + 0.5, IsLog: false);
}
