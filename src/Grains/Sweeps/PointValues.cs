using Siamese.Contracts.Trials;

namespace Siamese.Grains.Sweeps;

/// <summary>The results of a sweep's points: the mean validation EER over each point's trials.</summary>
internal static class PointValues
{
    /// <summary>The EER of a trial that does no better than chance.</summary>
    private const double Chance = 0.5;

    /// <summary>The value of each point in order, as the search sees it; null if some of its trials have not ended or were cancelled.</summary>
    /// <param name="trials">The trials, in the order of the sweep's expansion.</param>
    /// <param name="perPoint">Number of trials per point.</param>
    public static double?[] Of(IEnumerable<TrialReport> trials, int perPoint) =>
        [.. trials.Chunk(perPoint).Select(point => point.Select(ValueOf).ToArray()).Select(values => values.Contains(null) ? null : values.Average())];

    /// <summary>The lowest mean among the points whose trials all completed with a usable result; null if there are none.</summary>
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
