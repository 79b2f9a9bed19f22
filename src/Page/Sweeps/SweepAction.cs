using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Web.Requests;
using Siamese.Web.Sweeps;

namespace Siamese.Page.Sweeps;

/// <summary>Something that can be done with a sweep, after a question.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Title">What is done, in a word.</param>
/// <param name="Consequence">What happens then.</param>
/// <param name="Needs">The role that it needs.</param>
public sealed record SweepAction(string Name, string Title, string Consequence, Role Needs);

/// <summary>When something can be done with a sweep, and how it is done.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Fits">Whether it can be done with a sweep in this state and with this number of trials in each of their states.</param>
/// <param name="Do">Does it.</param>
/// <param name="EndsSweep">Whether there is no such sweep afterwards.</param>
internal sealed record ActionRule(SweepAction Action, Func<SweepProgress, IReadOnlyDictionary<TrialStatus, int>, bool> Fits, Func<string, GrainCalls, Task> Do, bool EndsSweep = false)
{
    /// <summary>Every action.</summary>
    public static readonly IReadOnlyList<ActionRule> All =
    [
        new(
            new("start", "Start", "Its trials are trained, and the ensemble is formed.", Role.Train),
            (sweep, _) => sweep.Phase is SweepPhase.Prepared,
            (sweep, calls) => calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).Start(cancellation))),
        new(
            new("finish", "Finish", "Trials in training end with their last validated epochs, those that have not begun are cancelled, and the ensemble is formed.", Role.Train),
            (sweep, _) => sweep.Phase is SweepPhase.Running,
            SweepEndpoints.Finish),
        new(
            new("cancel", "Cancel", "Trials that are not finished are stopped. Finished trials are kept, and an ensemble is formed from them if there are any.", Role.Train),
            (sweep, _) => sweep.Phase is SweepPhase.Preparing or SweepPhase.Prepared or SweepPhase.Running,
            SweepEndpoints.Cancel),
        new(
            new("retry", "Retry", "Failed trials are trained again, from their last checkpoints, and the ensemble is formed again.", Role.Train),
            (sweep, trials) => sweep.Phase is SweepPhase.Running or SweepPhase.Completed or SweepPhase.Cancelled && (trials.ContainsKey(TrialStatus.Failed) || trials.ContainsKey(TrialStatus.Poisonous)),
            SweepEndpoints.Retry),
        new(
            new("remove", "Remove", "The sweep is deleted with its trials, its ensemble and the names enrolled with it. This cannot be undone.", Role.Administer),
            (sweep, _) => sweep.Phase is SweepPhase.Prepared or SweepPhase.Completed or SweepPhase.Cancelled or SweepPhase.Rejected,
            SweepEndpoints.Remove,
            EndsSweep: true),
    ];
}
