using System.Diagnostics;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Bench.Sweep;

/// <summary>The times of a sweep as a client sees them.</summary>
/// <param name="TrainingSeconds">From its start until the client learns that the last trial has ended, without reading the data and forming the ensemble.</param>
/// <param name="FormingSeconds">From then until the sweep is completed: choosing the ensemble and evaluating it.</param>
/// <param name="Trials">Every trial, as handed out.</param>
internal sealed record TimedSweep(double TrainingSeconds, double FormingSeconds, IReadOnlyList<TrialReport> Trials)
{
    /// <summary>Submits a sweep over seeds, starts it once it is prepared, and follows it to its end as the product's client does.</summary>
    /// <param name="grains">A client's grains.</param>
    /// <param name="name">Name of the new sweep.</param>
    /// <param name="space">A single point.</param>
    /// <param name="seeds">The seeds to train it with.</param>
    /// <param name="lookEvery">How often to poll; null is 50 ms. (The product's client polls every 300 ms.)</param>
    public static async Task<TimedSweep> Run(IGrainFactory grains, string name, SearchSpace space, IEnumerable<int> seeds, TimeSpan? lookEvery = null)
    {
        var pause = lookEvery ?? TimeSpan.FromMilliseconds(50);
        var sweep = grains.GetGrain<ISweepGrain>(name);
        var request = new SweepRequest { Space = space, Seeds = [.. seeds], StartWhenPrepared = false };
        await sweep.Submit(request, CancellationToken.None);
        while ((await sweep.GetProgress(0, CancellationToken.None)).Phase is not SweepPhase.Prepared)
            await Task.Delay(pause);

        var trials = new List<TrialReport>();
        var start = Stopwatch.GetTimestamp();
        await sweep.Start(CancellationToken.None);
        double? trained = null;
        while (true)
        {
            var progress = await sweep.GetProgress(trials.Count, CancellationToken.None);
            trials.AddRange(progress.Ended);
            if (progress.EndedInAll == request.Seeds.Length)
                trained ??= Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (progress.Phase is SweepPhase.Completed && trials.Count == progress.EndedInAll)
                return Checked(new TimedSweep(trained!.Value, Stopwatch.GetElapsedTime(start).TotalSeconds - trained.Value, trials));
            if (trials.Count == progress.EndedInAll)
                await Task.Delay(pause);
        }
    }

    private static TimedSweep Checked(TimedSweep sweep) =>
        sweep.Trials.All(trial => trial is { Status: TrialStatus.Completed, Reused: false })
            ? sweep
            : throw new InvalidOperationException("Not every trial was trained, so the times are meaningless.");
}
