using System.Collections.Immutable;
using Siamese.Contracts.Trials;

namespace Siamese.Plots.Sweeps;

/// <summary>The validation EER of a trial after each epoch.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Spec">The trial.</param>
/// <param name="Eers">EERs, 0 to 1; those that are not finite are not drawn.</param>
/// <param name="KeptEpoch">The epoch whose weights were kept, counted from 1; null if there is none yet.</param>
/// <param name="IsRunning">Whether there are more to come.</param>
public sealed record EerCurve(string Trial, TrialSpec Spec, ImmutableArray<double> Eers, int? KeptEpoch = null, bool IsRunning = false)
{
    /// <summary>A trial that is no better than chance does not press the others together: no curve rises above it.</summary>
    private const double Chance = 0.5;

    /// <summary>Those of trials that are fit to be members or may become so.</summary>
    public static IEnumerable<EerCurve> Of(IEnumerable<TrialReport> trials) => trials
        .Where(trial => trial.Status is not (TrialStatus.Unusable or TrialStatus.Failed or TrialStatus.Poisonous))
        .Select(trial => new EerCurve(trial.Trial, trial.Spec, trial.Result is { Epochs: { IsDefault: false } epochs } ? [.. epochs.Select(epoch => epoch.ValidationEer)] : [], trial.Result?.KeptEpoch))
        .Where(curve => curve.Points.Any());

    /// <summary>Those of trials in training that have finished an epoch.</summary>
    public static IEnumerable<EerCurve> Of(IEnumerable<RunningTrial> trials) => trials
        .Select(trial => new EerCurve(trial.Trial, trial.Spec, trial.Epoch?.Curve ?? [], IsRunning: true))
        .Where(curve => curve.Points.Any());

    /// <summary>Epochs, counted from 1, with EERs in per cent.</summary>
    public IEnumerable<(int Epoch, double Percent)> Points =>
        from epoch in Eers.Index() where double.IsFinite(epoch.Item) select (epoch.Index + 1, 100 * Math.Min(Chance, epoch.Item));
}
