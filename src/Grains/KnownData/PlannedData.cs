using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.KnownData;

/// <summary>What is known of the data of a sweep.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Source">Where its data is; null if it has no ensemble, which states it.</param>
/// <param name="Shards">Number of shards of its training images; null likewise.</param>
internal sealed record PlannedData(BoardEntry Sweep, SweepPlan Plan, DataSource? Source, int? Shards)
{
    /// <summary>Whether nothing more can become known of it.</summary>
    public bool IsComplete => Source is not null;

    /// <summary>The data sets of some sweeps, the one that was used last first.</summary>
    public static ImmutableArray<KnownDataSet> Group(IEnumerable<PlannedData> sweeps) =>
    [
        .. sweeps.OrderByDescending(sweep => sweep.Sweep.SubmittedAt).GroupBy(sweep => sweep.Plan.DataFingerprint).Select(alike =>
        {
            var plan = alike.First().Plan;
            return new KnownDataSet
            {
                Fingerprint = plan.DataFingerprint,
                Name = plan.DataName,
                Classes = plan.Classes,
                TrainingImages = plan.TrainingImages,
                ValidationImages = plan.ValidationImages,
                TestImages = plan.TestImages,
                Uses = [.. alike.Select(sweep => new DataSetUse(sweep.Sweep.Sweep, sweep.Sweep.SubmittedAt, sweep.Shards))],
                Source = alike.FirstOrDefault(sweep => sweep.Source is not null)?.Source,
            };
        }),
    ];
}
