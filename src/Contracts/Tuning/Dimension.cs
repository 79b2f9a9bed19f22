using System.Collections.Immutable;

namespace Siamese.Contracts.Tuning;

/// <summary>One hyperparameter of a search space and the values to try: a list, or a range.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Dimension")]
public sealed record Dimension
{
    /// <summary>The hyperparameter's <see cref="Tuning.Hyperparameter.Name"/>.</summary>
    [Id(0)] public required string Hyperparameter { get; init; }

    /// <summary>In the order in which they are tried; empty if there is a range.</summary>
    [Id(1)] public ImmutableArray<HyperparameterValue> Values { get; init; } = [];

    /// <summary>The numbers to draw from; null if values are listed.</summary>
    [Id(2)] public NumberRange? Range { get; init; }

    /// <summary>The conditions, all of which must hold for the dimension to be tried; else the hyperparameter has its default.</summary>
    [Id(3)] public ImmutableArray<Condition> When { get; init; } = [];

    /// <summary>Whether nobody stated it, so that it may be narrowed to what the data allows.</summary>
    [Id(4)] public bool IsDefault { get; init; }

    /// <summary>Whether a point that is chosen so far meets all conditions.</summary>
    public bool IsOn(Hyperparameters point) => When.All(condition => condition.Holds(point));

    /// <exception cref="BadInputException">There is no such hyperparameter, value or range, or it depends on a hyperparameter that comes after it.</exception>
    public void Check()
    {
        var hyperparameter = Named(Hyperparameter);
        if (Range is { } range)
            Check(hyperparameter, range);
        else
            hyperparameter.Check(Values);
        foreach (var condition in When)
        {
            var other = Named(condition.Hyperparameter);
            other.Check(condition.Values);
            if (Place(other) >= Place(hyperparameter))
                throw new BadInputException($"'{hyperparameter.Name}' cannot depend on {other.Name}; it can depend on what is chosen before it: {string.Join(", ", Tuning.Hyperparameter.All.Take(Place(hyperparameter)).Select(h => h.Name))}.");
        }
    }

    private void Check(Hyperparameter hyperparameter, NumberRange range)
    {
        if (!Values.IsEmpty)
            throw new BadInputException($"'{hyperparameter.Name}': has both values and the range {range}; state one of them.");
        if (hyperparameter.Range.IsWord)
            throw new BadInputException($"'{hyperparameter.Name}': {range} is a range, but its values are words; list them.");
        if (!(range.Low < range.High))
            throw new BadInputException($"'{hyperparameter.Name}': {range} does not go from a smaller number to a larger one.");
        if (range.IsLog && !(range.Low > 0))
            throw new BadInputException($"'{hyperparameter.Name}': {range} starts at {range.Low}, but a logarithmic range must start above 0.{(range.Low == 0 && range.High > 0 ? $" To try 0 as well, write 0,{range with { Low = range.High / 1000 }}." : "")}");
        if (range.WithZero && !range.IsLog)
            throw new BadInputException($"'{hyperparameter.Name}': {range} adds 0 to a range that is not logarithmic; start the range at 0.");
        if (range.WithZero)
            hyperparameter.Check(0);
        hyperparameter.Check(range.Low);
        hyperparameter.Check(range.High);
    }

    private static Hyperparameter Named(string name) => Tuning.Hyperparameter.Find(name)
        ?? throw new BadInputException($"There is no hyperparameter '{name}'; choose from {string.Join(", ", Tuning.Hyperparameter.All.Select(h => h.Name))}.");

    private static int Place(Hyperparameter hyperparameter) => Tuning.Hyperparameter.All.Index().First(h => h.Item.Name == hyperparameter.Name).Index;
}
