using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Page.Plots;

namespace Siamese.Page.Sweeps;

/// <summary>The curves that a sweep's page shows.</summary>
internal static class SweepCurves
{
    private const int Best = 6;
    private const int Running = 6;

    /// <summary>Those of the best trials and of trials in training; null if no epoch has ended.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="trials">Its trials, the best first.</param>
    /// <param name="varying">What varies.</param>
    public static Curves? Of(SweepProgress sweep, IEnumerable<TrialReport> trials, IReadOnlyList<TrialColumn> varying)
    {
        Curve[] curves =
        [
            .. trials.Where(trial => trial.Status is TrialStatus.Completed).Take(Best)
                .Select(trial => new Curve(trial.Trial, TrialColumn.Label(varying, trial.Spec), trial.Result is { Epochs: { IsDefault: false } epochs } ? [.. epochs.Select(epoch => epoch.ValidationEer)] : [], IsRunning: false)),
            .. sweep.Running.Take(Running)
                .Select(trial => new Curve(trial.Trial, TrialColumn.Label(varying, trial.Spec), trial.Epoch?.Curve ?? [], IsRunning: true)),
        ];
        Curve[] begun = [.. curves.Where(curve => curve.Eers.Any(double.IsFinite))];
        return begun.Length == 0 ? null : new Curves(begun);
    }
}
