using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Contracts.Listing;

/// <summary>A condition on one hyperparameter.</summary>
/// <param name="Hyperparameter">The hyperparameter.</param>
/// <param name="Holds">Whether a value meets it; null is the value of a trial to which the hyperparameter does not apply.</param>
public sealed record TrialCondition(Hyperparameter Hyperparameter, Func<HyperparameterValue?, bool> Holds);

/// <summary>Which trials of a sweep are asked for.</summary>
public sealed class TrialConditions
{
    private const string Range = "..";

    /// <param name="states">States, of which a trial has one; any if there are none.</param>
    /// <param name="values">
    /// Conditions that a trial's hyperparameters all meet: `margin:0.5..1` for a range, of which an end may be left out, or
    /// `loss:triplet,contrastive` for one of several values.
    /// </param>
    /// <exception cref="BadInputException">One of them is not valid.</exception>
    public TrialConditions(ImmutableArray<string> states, ImmutableArray<string> values)
    {
        States = [.. states.Select(state => Words.Read<TrialStatus>("'state'", state))];
        Values = [.. values.Select(Read)];
    }

    /// <summary>The states of which a trial has one; any if there are none.</summary>
    public ImmutableHashSet<TrialStatus> States { get; }

    /// <summary>Conditions of which a trial meets all.</summary>
    public ImmutableArray<TrialCondition> Values { get; }

    /// <summary>The hyperparameter with a name as in JSON; null if there is none.</summary>
    public static Hyperparameter? Find(string jsonName) => Hyperparameter.All.FirstOrDefault(hyperparameter => hyperparameter.JsonName == jsonName);

    private static TrialCondition Read(string condition)
    {
        var parts = condition.Split(':', 2);
        var hyperparameter = Find(parts[0]) ?? throw new BadInputException($"'where': there is no hyperparameter '{PlainText.Of(parts[0])}'; write NAME:LOW..HIGH or NAME:VALUE,VALUE with a name of the search space.");
        if (parts.Length < 2 || parts[1].Length == 0)
            throw new BadInputException($"'where': '{PlainText.Of(condition)}' states no values; write {hyperparameter.JsonName}:LOW..HIGH or {hyperparameter.JsonName}:VALUE,VALUE.");
        if (!hyperparameter.Range.IsWord && parts[1].Split(Range) is [var low, var high])
        {
            var (from, to) = (Number(condition, low, double.NegativeInfinity), Number(condition, high, double.PositiveInfinity));
            return new(hyperparameter, value => value is { Number: var number } && from <= number && number <= to);
        }

        HashSet<HyperparameterValue> any = [.. parts[1].Split(',').Select(value => hyperparameter.Range.IsWord || (hyperparameter.Range.IsSize && value.Contains('x', StringComparison.Ordinal)) ? HyperparameterValue.Of(value) : HyperparameterValue.Of(Number(condition, value, null)))];
        foreach (var value in any)
            hyperparameter.Check(value);
        // A hash is long: what tables show of it is enough.
        return new(hyperparameter, value => value is { } stated && (any.Contains(stated) || (stated.Word is not null && any.Contains(TrialLabels.Write(stated)))));
    }

    private static double Number(string condition, string text, double? ifEmpty) =>
        text.Length == 0 && ifEmpty is { } end ? end
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new BadInputException($"'where': '{PlainText.Of(text)}' in '{PlainText.Of(condition)}' is not a number.");
}
