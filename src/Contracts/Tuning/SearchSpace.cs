using System.Collections.Immutable;

namespace Siamese.Contracts.Tuning;

/// <summary>The values that a sweep tries. A hyperparameter that is not in it has its default.</summary>
[GenerateSerializer, Immutable, Alias("siamese.SearchSpace")]
public sealed partial record SearchSpace
{
    [Id(13)] private ImmutableArray<Dimension> _dimensions = [];

    /// <summary>One for each hyperparameter that was given, without duplicates.</summary>
    public ImmutableArray<Dimension> Dimensions
    {
        get => _dimensions.IsDefaultOrEmpty ? Earlier() : _dimensions;
        init => _dimensions = value;
    }

    /// <summary>A space of these hyperparameters and values.</summary>
    public static SearchSpace Of(params ReadOnlySpan<(string Hyperparameter, ImmutableArray<HyperparameterValue> Values)> dimensions)
    {
        var all = ImmutableArray.CreateBuilder<Dimension>(dimensions.Length);
        foreach (var (hyperparameter, values) in dimensions)
            all.Add(new Dimension { Hyperparameter = hyperparameter, Values = values });
        return new SearchSpace { Dimensions = all.DrainToImmutable() };
    }

    /// <summary>The values listed for a hyperparameter; empty if there are none.</summary>
    public ImmutableArray<HyperparameterValue> ValuesOf(string hyperparameter) =>
        Find(hyperparameter)?.Values ?? [];

    /// <summary>The dimension of a hyperparameter; null if it was not given.</summary>
    public Dimension? Find(string hyperparameter) => Dimensions.FirstOrDefault(dimension => dimension.Hyperparameter == hyperparameter);

    /// <summary>This space, with the dimensions of another taking precedence.</summary>
    public SearchSpace With(SearchSpace other) => new()
    {
        Dimensions =
        [
            .. Dimensions.Select(dimension => other.Find(dimension.Hyperparameter) ?? dimension),
            .. other.Dimensions.Where(dimension => Find(dimension.Hyperparameter) is null),
        ],
    };

    /// <summary>Checks each dimension separately. The client does so before it submits; the check is for every other caller too.</summary>
    /// <exception cref="BadInputException">There is no such hyperparameter or value, or one is given twice.</exception>
    public void Check()
    {
        var seen = new HashSet<string>();
        foreach (var dimension in Dimensions)
        {
            dimension.Check();
            if (!seen.Add(dimension.Hyperparameter))
                throw new BadInputException($"'{dimension.Hyperparameter}': stated twice.");
        }
    }
}
