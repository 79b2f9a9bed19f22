using Siamese.Client.Connections;
using Siamese.Client.Terminals;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Following;

/// <summary>Follows a sweep to its end by polling its progress, shows it, and answers Ctrl-C with a question.</summary>
/// <param name="slotLimit">Maximum number of its trials that run at once; for the estimate.</param>
/// <param name="page">A line about the sweep's page, for the beginning; null for none.</param>
internal sealed class SweepFollower(
    Calls calls, string sweep, int? slotLimit, ISweepView view, SweepQuestions questions, Interruptions interruptions, TimeProvider clock, string? page = null)
{
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(300);

    /// <summary>Above this number, trials are labelled by those seen so far, without asking for all.</summary>
    private const int LabelledTrials = 2000;

    private TrialLabels _labels = new([]);
    private int _labelled;
    private bool _isOpened;

    /// <summary>Whether the user declined to start the sweep and it was removed.</summary>
    public bool IsDeclined { get; private set; }

    /// <summary>Returns how the sweep ended; null if the user left it running or declined to start it.</summary>
    /// <param name="from">Cursor up to which ended trials are already known.</param>
    /// <param name="cancellation">Stops following the sweep; does not stop the sweep.</param>
    /// <exception cref="BadInputException">The sweep was rejected, or is unknown.</exception>
    public async Task<SweepProgress?> Follow(int from, CancellationToken cancellation)
    {
        if (questions.CanAsk)
            interruptions.Offer(SweepLines.GoesOn(sweep));
        try
        {
            for (var cursor = from; ;)
            {
                var poll = calls.Make((cluster, token) => cluster.Sweep(sweep).GetProgress(cursor, token), cancellation);
                if (!await StaysFor(poll, cancellation))
                    return null;
                var progress = await poll;
                cursor = progress.Cursor;
                if (!await Heed(progress, cancellation))
                    return null;
                if (HasEnded(progress))
                    return progress;
                // If more trials have ended than one answer holds, ask again at once.
                if (cursor >= progress.CursorEnd && !await StaysFor(Task.Delay(_period, clock, cancellation), cancellation))
                    return null;
            }
        }
        finally
        {
            interruptions.Withdraw();
            await view.Pause();
        }
    }

    private static bool HasEnded(SweepProgress progress) =>
        progress.Phase is SweepPhase.Completed or SweepPhase.Cancelled && progress.Cursor >= progress.CursorEnd;

    /// <summary>Shows the progress and acts on the phase. False if the user declined to start.</summary>
    private async Task<bool> Heed(SweepProgress progress, CancellationToken cancellation)
    {
        switch (progress.Phase)
        {
            case SweepPhase.Unknown:
                throw SweepLookup.Unknown(sweep);
            case SweepPhase.Rejected:
                throw new BadInputException(progress.Problem ?? $"Sweep {sweep} was rejected.");
        }
        Open(progress);
        await Label(progress, cancellation);
        await view.Show(progress, _labels);
        return progress.Phase != SweepPhase.Prepared || await StartOrRemove(progress, cancellation);
    }

    private void Open(SweepProgress progress)
    {
        if (_isOpened || progress.Plan is not { } plan)
            return;
        _isOpened = true;
        view.Say(SweepLines.Opening(progress, slotLimit));
        if (page is not null)
            view.Say(page);
        foreach (var remark in plan.Remarks)
            view.Say(OptionNames.InOptions(remark));
    }

    /// <summary>When an adaptive search has added trials, all trials are labelled again.</summary>
    private async Task Label(SweepProgress progress, CancellationToken cancellation)
    {
        var known = progress.EndedInAll + progress.Running.Length;
        if (progress.Plan is not { Trials: <= LabelledTrials } || (_labelled > 0 && known <= _labelled))
            return;
        var trials = await calls.Make((cluster, token) => cluster.Sweep(sweep).GetTrials(token), cancellation);
        (_labels, _labelled) = (new([.. trials.Select(trial => trial.Spec)]), trials.Length);
    }

    private async Task<bool> StartOrRemove(SweepProgress progress, CancellationToken cancellation)
    {
        if (!questions.CanAsk)
            throw new BadInputException($"Sweep {sweep} waits for confirmation of its {progress.Plan!.Trials} trials; run `client watch {sweep}` on a terminal to confirm.");
        await view.Pause();
        if (await MayStart(progress.Plan!.Trials, cancellation))
        {
            await calls.Make((cluster, token) => cluster.Sweep(sweep).Start(token), cancellation);
            return true;
        }
        await calls.Make((cluster, token) => cluster.Sweep(sweep).Remove(token), CancellationToken.None);
        view.Say("Nothing was trained, and the sweep was removed.");
        IsDeclined = true;
        return false;
    }

    /// <summary>Ctrl-C means no here: nothing has started yet that could continue.</summary>
    private async Task<bool> MayStart(int trials, CancellationToken cancellation)
    {
        interruptions.Withdraw();
        try
        {
            return await questions.MayStart(trials, cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            interruptions.Offer(SweepLines.GoesOn(sweep));
        }
    }

    /// <summary>Awaits some work, and asks the user when Ctrl-C interrupts it. False if the user leaves.</summary>
    private async Task<bool> StaysFor(Task work, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.WhenAny(work, interruptions.Requested);
            if (!interruptions.Requested.IsCompleted)
                break;
            await view.Pause();
            switch (await questions.WhatNow(sweep, cancellation))
            {
                case Wish.Leave:
                    return false;
                case Wish.Finish:
                    view.Say(await Finish(cancellation));
                    break;
                case Wish.Cancel:
                    await calls.Make((cluster, token) => cluster.Sweep(sweep).Cancel(token), cancellation);
                    view.Say("Cancelled; trials that have ended are kept.");
                    break;
            }
            interruptions.Offer(SweepLines.GoesOn(sweep));
        }
        await work;
        return true;
    }

    /// <summary>Finishes the sweep. Returns what happens now, or why the sweep cannot be finished: it may not have started to train.</summary>
    private async Task<string> Finish(CancellationToken cancellation)
    {
        try
        {
            await calls.Make((cluster, token) => cluster.Sweep(sweep).Finish(token), cancellation);
            return "Finishing: trials end with their last validated epochs, and the ensemble is formed.";
        }
        catch (BadInputException e)
        {
            return e.Message;
        }
    }
}
