using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Contracts.Wording;

namespace Siamese.Page.Sweeps;

/// <summary>A column of trials: a hyperparameter, the shard or the seed.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Sort">The order by it; null if there is none.</param>
/// <param name="Write">The value of a trial.</param>
public sealed record TrialColumn(string Heading, string? Sort, Func<TrialSpec, string> Write)
{
    /// <summary>The columns in which trials differ.</summary>
    public static IReadOnlyList<TrialColumn> Varying(IReadOnlyCollection<TrialReport> trials) =>
    [
        .. Hyperparameter.All.Where(one => Vary(trials, trial => one.Get(trial.Hyperparameters))).Select(one => new TrialColumn(one.Heading, one.JsonName, trial => Value(one.Get(trial.Hyperparameters)))),
        .. Vary(trials, trial => trial.Shard) ? [new TrialColumn("shard", null, trial => $"{trial.Shard + 1} of {trial.Shards}")] : Array.Empty<TrialColumn>(),
        .. Vary(trials, trial => trial.Seed) ? [new TrialColumn("seed", null, trial => $"{trial.Seed}")] : Array.Empty<TrialColumn>(),
    ];

    /// <summary>A trial's values in columns, such as `margin 2, seed 1`.</summary>
    public static string Label(IEnumerable<TrialColumn> columns, TrialSpec trial) =>
        string.Join(", ", columns.Select(column => (column.Heading, Value: column.Write(trial))).Where(column => column.Value != Figures.None).Select(column => $"{column.Heading} {column.Value}"));

    private static bool Vary<T>(IEnumerable<TrialReport> trials, Func<TrialSpec, T> value) => trials.Select(trial => value(trial.Spec)).Distinct().Skip(1).Any();

    private static string Value(HyperparameterValue? value) => value switch
    {
        null => Figures.None,
        { Word: { } word } => word,
        { Number: >= 1000 and var number } when double.IsInteger(number) => Figures.Count((long)number),
        { Number: var number } => Figures.Number(number),
    };
}
