
namespace Siamese.Grains.Sweeps;

/// <summary>A sweep's steps while its trials are trained: stops it when its rule applies, and notices when every trial has ended.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="phases">Decides what happens to the sweep.</param>
/// <param name="trials">The sweep's trials.</param>
/// <param name="points">The sweep's points.</param>
/// <param name="store">Stores a change.</param>
internal sealed class SweepRun(
    SweepActivation sweep, SweepPhases phases, SweepTrials trials, SweepPoints points, Func<SweepChange, CancellationToken, Task> store)
{
    /// <summary>Takes a step. False if every trial has ended.</summary>
    public async Task<bool> Step(TrialQueue queue, CancellationToken cancellation)
    {
        if (await WhyStop() is { } rule)
        {
            sweep.Logger.LogStopped(sweep.Id, rule);
            await store(phases.Stop(rule), cancellation);
        }

        if (phases.WhyCancelled is { } why)
        {
            queue.Cancel(queue.WaitingOrdinals, why);
            await trials.CancelRunning(queue, queue.RunningOrdinals, why, cancellation);
            await GiveUpPoints(queue, cancellation);
        }
        else if (phases.IsFinishing)
        {
            queue.Cancel(queue.UnbegunOrdinals, SweepPhases.FinishedByUser);
            await trials.FinishRunning(queue, cancellation);
            await GiveUpPoints(queue, cancellation);
        }
        else if (queue.HasEnded)
        {
            queue.Promote();
        }

        if (queue.HasEnded)
            return false;
        await trials.Store();
        return true;
    }

    /// <summary>Records that the search will propose no more points.</summary>
    public async Task GiveUpPoints(TrialQueue queue, CancellationToken cancellation)
    {
        if (queue.Count == queue.Expected)
            return;
        await store(phases.Repoint(points.Proposed, sweep.State.Plan! with { Trials = queue.Count }), cancellation);
        queue.Expect(queue.Count);
    }

    private async Task<string?> WhyStop()
    {
        if (phases.WhyStop(sweep.Time.GetUtcNow()) is { } why)
            return why;
        return phases.StopsAtEer ? phases.WhyStop(PointValues.Best(await trials.Reports(), sweep.State.Request!.TrialsPerPoint())) : null;
    }
}
