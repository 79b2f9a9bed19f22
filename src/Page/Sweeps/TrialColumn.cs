using Siamese.Contracts.Listing;
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
    public static IReadOnlyList<TrialColumn> Of(TrialDifferences differences) =>
    [
        .. differences.Hyperparameters.Select(Hyperparameter.Named).Select(one => new TrialColumn(one.Heading, one.JsonName, trial => TrialLabels.Write(one.Get(trial.Hyperparameters)))),
        .. differences.Shards ? [new TrialColumn("shard", null, trial => $"{trial.Shard + 1} of {trial.Shards}")] : Array.Empty<TrialColumn>(),
        .. differences.Seeds ? [new TrialColumn("seed", null, trial => $"{trial.Seed}")] : Array.Empty<TrialColumn>(),
    ];

    /// <summary>A trial's values in columns, such as `margin 2, seed 1`.</summary>
    public static string Label(IEnumerable<TrialColumn> columns, TrialSpec trial) =>
        string.Join(", ", columns.Select(column => (column.Heading, Value: column.Write(trial))).Where(column => column.Value != Figures.None).Select(column => $"{column.Heading} {column.Value}"));
}
