using System.Collections.Immutable;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Importances;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Threads;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Sweeps;

/// <summary>What a sweep reports on its trials. These calls change nothing, and interleave with the sweep's own work.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="trials">Its trials.</param>
/// <param name="points">Its points.</param>
internal sealed class SweepReports(SweepActivation sweep, SweepTrials trials, SweepPoints points)
{
    /// <summary>The last answer about importance, which takes seconds of computing, and when it was right.</summary>
    private (TrialCursor At, Task<ImportanceReport> Report)? _importance;

    /// <summary>Whether the sweep is being removed: then nothing may register it with a trial again.</summary>
    public bool IsLeaving { get; set; }

    private SweepState State => sweep.State;

    /// <inheritdoc cref="ISweepGrain.GetProgress"/>
    /// <param name="cursor">As there.</param>
    /// <param name="slots">Number of slots in the cluster.</param>
    public async Task<SweepProgress> Progress(int cursor, int slots)
    {
        // Report only what is stored, so that what a client has seen still holds after a crash.
        var upTo = cursor < trials.Stored ? Math.Min(trials.Stored, cursor + SweepView.MaximumEnded) : trials.Stored;
        // Whoever knows all that a sweep did that has ended does not make it load its trials.
        if (State.Plan is not null && State.Phase is not (SweepPhase.Preparing or SweepPhase.Prepared) && !IsLeaving && (State.Phase is SweepPhase.Running || cursor < upTo))
            await trials.Recall(await trials.Load(), trials.Ledger.Take(upTo).Skip(cursor));
        return SweepView.Progress(sweep, State, trials, points, cursor, upTo, slots);
    }

    /// <inheritdoc cref="ISweepGrain.GetTrials"/>
    public async Task<ImmutableArray<TrialReport>> All() =>
        HasTrials ? [.. (await trials.Reports()).OrderBy(trial => trial.Result?.Validation?.Eer ?? double.PositiveInfinity)] : [];

    /// <inheritdoc cref="ISweepGrain.GetImportance"/>
    public async Task<ImportanceReport> Importance(CancellationToken cancellation)
    {
        if (!HasTrials || IsLeaving)
            return SweepImportance.Of(sweep.Id, new SearchSpace(), []);
        var queue = await trials.Load();
        if (_importance?.At != queue.Known)
        {
            // Before the trials are read: what changes meanwhile makes the next call compute again.
            var at = queue.Known;
            var (id, space, all) = (sweep.Id, State.Fitted.Space, await All());
            _importance = (at, OwnThread.Run(() => SweepImportance.Of(id, space, all), CancellationToken.None));
        }

        return await _importance!.Value.Report.WaitAsync(cancellation);
    }

    /// <inheritdoc cref="ISweepTrials.LookAtTrials"/>
    public async Task<TrialLook> Look(TrialCursor from)
    {
        if (!HasTrials || IsLeaving)
            return TrialLook.None;
        var queue = await trials.Load();
        var part = queue.PartAfter(from);
        await trials.Recall(queue, queue.WithoutFigures(part.Changed));
        return queue.Look(part);
    }

    /// <inheritdoc cref="ISweepTrials.GetReports"/>
    public async Task<ImmutableArray<TrialReport>> Some(ImmutableArray<int> ordinals)
    {
        if (!HasTrials || IsLeaving)
            return [];
        var queue = await trials.Load();
        if (ordinals.Any(ordinal => ordinal < 0 || ordinal >= queue.Count))
            return [];
        await trials.Recall(queue, ordinals.Select(queue.LastLineOf).OfType<EndedTrial>());
        return [.. ordinals.Select(ordinal => queue.ReportOf(ordinal, sweep.Now, sweep.Term))];
    }

    /// <summary>Until the sweep is prepared, its trials may belong to another build.</summary>
    private bool HasTrials => State.Plan is not null && State.Phase is not SweepPhase.Preparing;
}
