using System.Collections.Immutable;

namespace Siamese.Contracts.Tuning;

/// <summary>A condition of a dimension: it is tried only if another hyperparameter has one of these values.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Condition")]
public sealed record Condition
{
    /// <summary>The other hyperparameter's <see cref="Tuning.Hyperparameter.Name"/>; it comes earlier in <see cref="Tuning.Hyperparameter.All"/>.</summary>
    [Id(0)] public required string Hyperparameter { get; init; }

    [Id(1)] public required ImmutableArray<HyperparameterValue> Values { get; init; }

    /// <summary>Whether a point that is chosen so far meets it.</summary>
    public bool Holds(Hyperparameters point) => Tuning.Hyperparameter.Named(Hyperparameter).Get(point) is { } value && Values.Contains(value);
}
