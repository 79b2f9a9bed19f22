using Siamese.Contracts.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>What the points of a sweep gave: the mean validation EER over the trials of each.</summary>
internal static class PointValues
{
    /// <summary>The EER of a trial that says nothing of two images.</summary>
    private const double Chance = 0.5;

    /// <summary>Of each point in turn, as a search is to see it; null where not all of its trials have ended, or some were cancelled.</summary>
    /// <param name="trials">In the order of the sweep's expansion.</param>
    /// <param name="perPoint">Trials of each point.</param>
    public static double?[] Of(IEnumerable<TrialReport> trials, int perPoint) =>
        [.. trials.Chunk(perPoint).Select(point => point.Select(ValueOf).ToArray()).Select(values => values.Contains(null) ? null : values.Average())];

    /// <summary>The lowest mean of a point whose trials were all trained to a usable end; null where there is none.</summary>
    public static double? Best(IEnumerable<TrialReport> trials, int perPoint) => trials
        .Chunk(perPoint)
        .Where(point => point.All(trial => trial is { Status: TrialStatus.Completed, Result.Validation: not null }))
        .Min(point => (double?)point.Average(trial => trial.Result!.Validation!.Eer));

    private static double? ValueOf(TrialReport trial) => trial.Status switch
    {
        TrialStatus.Completed => trial.Result?.Validation?.Eer ?? Chance,
        TrialStatus.Pruned => trial.Result is { Epochs: [.., var last] } ? last.ValidationEer : Chance,
        TrialStatus.Unusable or TrialStatus.Failed or TrialStatus.Poisonous => Chance,
        _ => null,
    };
}
