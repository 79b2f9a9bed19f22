using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Recalibrating;
using Siamese.Grains.Access;
using Siamese.Grains.Board;
using Siamese.Grains.Forming;
using Siamese.Grains.Recalibrating;
using Siamese.Grains.Storage;
using Siamese.Grains.Threads;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>Stores feedback on an ensemble's verdicts, and recalibrates from it.</summary>
internal sealed partial class EnsembleGrain
{
    private FeedbackLedger Ledger => Stored.Select(summary => summary.Ensemble).ToArray() is { Length: > 0 } versions
        ? new(versions, feedback.State.Lines)
        : throw EnsembleVersions.NoEnsemble(Name);

    public Task<FeedbackTally> GiveFeedback(ImmutableArray<Feedback> given, CancellationToken cancellation)
    {
        CheckNumber(given.Length);
        return Keep(Ledger.With(given, CallingClient.Name, marks, time.GetUtcNow()), cancellation);
    }

    public async Task<WithdrawnFeedback> WithdrawFeedback(ImmutableArray<string> verdicts, CancellationToken cancellation)
    {
        CheckNumber(verdicts.Length);
        var (before, left) = (feedback.State.Lines.Count, Ledger.Without(verdicts, CallingClient.Name, marks));
        return new WithdrawnFeedback(before - left.Count, await Keep(left, cancellation));
    }

    private static void CheckNumber(int verdicts) =>
        BadInputException.ThrowUnless(verdicts <= IEnsembleGrain.MaximumFeedback, $"The call has feedback on {verdicts} verdicts; send at most {IEnsembleGrain.MaximumFeedback}.");

    private async Task<FeedbackTally> Keep(List<FeedbackLine> lines, CancellationToken cancellation)
    {
        if (!lines.SequenceEqual(feedback.State.Lines))
        {
            feedback.State.Lines = lines;
            await this.Save(feedback, cancellation);
        }

        return await Weigh(cancellation);
    }

    public async Task<RecalibrationEffect> PreviewRecalibration(ImmutableArray<string> trusted, CancellationToken cancellation)
    {
        var ledger = Ledger;
        var stored = await validations.Find(Stored.Last().Ensemble, cancellation);
        return await OwnThread.Run(() => ledger.Effect(ledger.Correction(trusted), trusted, stored?.Read().Distances), cancellation);
    }

    public async Task<Recalibrated> Recalibrate(ImmutableArray<string> trusted, Recalibration? expected, CancellationToken cancellation)
    {
        if (_isForming)
            throw BadInputException.Conflict($"A new version of ensemble '{Name}' is being formed; recalibrate when it is done.");
        var ledger = Ledger;
        var found = ledger.Correction(trusted);
        if (expected is not null && found != expected)
            throw BadInputException.Conflict($"Ensemble '{Name}' has other feedback or another version than when you saw the effect; nothing was changed. Look at the effect again.");
        var asked = ledger.Heeding(found, state.State.Versions.Count + 1, time.GetUtcNow());
        if (asked.Recalibration != Stored.Last().Ensemble.Recalibration)
        {
            await Store(new FormedVersion(new EnsembleSummary(asked, Test: null), Result: null));
            await Weigh(cancellation);
        }
        else if (asked.Recalibration == ledger.Original.Recalibration)
        {
            return new Recalibrated(found, Version: null);
        }

        // The same feedback again returns the version that it led to before.
        return new Recalibrated(found, Stored.Last());
    }

    /// <summary>
    /// Applies feedback to a newly formed version. If it has the same members as the version before, that version's
    /// recalibration is kept. The feedback is then compared with the new version; if the members differ, it may say nothing.
    /// </summary>
    private async Task HeedAgain(Ensemble? before)
    {
        try
        {
            var formed = Stored.Last().Ensemble;
            if (before?.Recalibration is { } known && formed.MeasuresLike(before))
            {
                var heeding = RecalibratedEnsemble.Of(formed, known, state.State.Versions.Count + 1, time.GetUtcNow());
                await Store(new FormedVersion(new EnsembleSummary(heeding, Test: null), Result: null));
            }

            if (feedback.State.Lines.Count > 0)
                await Weigh(CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotHeeded(e, Name);
        }
    }

    /// <summary>Compares all feedback with the newest version, and posts contradictions to the board.</summary>
    private async Task<FeedbackTally> Weigh(CancellationToken cancellation)
    {
        var ledger = Ledger;
        var stored = await validations.Find(Stored.Last().Ensemble, cancellation);
        var tally = await OwnThread.Run(() => ledger.Tally(stored?.Read() is { } known ? (known.Distances, known.Pairs) : null), cancellation);
        await GrainFactory.GetGrain<ISweepBoard>(0).PostDrifts(Name, tally.Drifts, cancellation);
        return tally;
    }

    [LoggerMessage(LogLevel.Warning, "Ensemble {Ensemble}: feedback could not be applied to the new version")]
    private partial void LogNotHeeded(Exception exception, string ensemble);
}
