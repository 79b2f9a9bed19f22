
namespace Siamese.Contracts.Tuning;

/// <summary>
/// Describes a hyperparameter: its name, its values, and its place in <see cref="Hyperparameters"/>. Everything that reads
/// or writes hyperparameters (options, tables, documents, identities) uses this list. Messages name one in single quotes,
/// as in `'margin': 0 is not above 0.`, so that a client can name its option instead.
/// </summary>
/// <param name="Name">Such as `learning-rate`.</param>
/// <param name="Heading">Short, for tables.</param>
/// <param name="Range">Its values.</param>
/// <param name="Description">What it is, for help texts. Names that only a silo knows are added to it by the client.</param>
/// <param name="Get">Reads it; null if it does not apply.</param>
/// <param name="Set">Returns the same point with another value.</param>
public sealed partial record Hyperparameter(
    string Name,
    string Heading,
    ValueRange Range,
    string Description,
    Func<Hyperparameters, HyperparameterValue?> Get,
    Func<Hyperparameters, HyperparameterValue?, Hyperparameters> Set)
{
    /// <summary>Its key in JSON, such as `learningRate`.</summary>
    public string JsonName { get; } = Words.InJson(Name);

    /// <summary>The hyperparameter with this name; null if there is none.</summary>
    public static Hyperparameter? Find(string name) => All.FirstOrDefault(h => h.Name == name);

    /// <summary>The hyperparameter with this name, for a name that was checked before.</summary>
    public static Hyperparameter Named(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no hyperparameter '{name}'.", nameof(name));

    /// <exception cref="BadInputException">It has no such value.</exception>
    public void Check(HyperparameterValue value)
    {
        if (!Range.Holds(value))
            throw new BadInputException(Range.IsWord ? $"'{Name}': '{value}' is not {Range.InWords}." : $"'{Name}': {value} is not {Range.InWords}.");
    }

    /// <exception cref="BadInputException">The list is empty, or a value is not allowed or listed twice.</exception>
    public void Check(IReadOnlyCollection<HyperparameterValue> values)
    {
        if (values.Count == 0)
            throw new BadInputException($"'{Name}': the list is empty.");
        var seen = new HashSet<HyperparameterValue>();
        foreach (var value in values)
        {
            Check(value);
            if (!seen.Add(value))
                throw new BadInputException($"'{Name}': {value} is listed twice.");
        }
    }
}
