using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Storage;
using Siamese.Model.Data;
using Siamese.Model.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>What becomes of feedback on an ensemble's verdicts.</summary>
internal sealed partial class EnsembleGrain
{
    private FeedbackLedger Ledger => Stored.Select(summary => summary.Ensemble).ToArray() is { Length: > 0 } versions
        ? new(versions, feedback.State.Lines)
        : throw new BadInputException($"There is no ensemble '{Name}'; `client ensembles` lists those there are.");

    public async Task<FeedbackTally> GiveFeedback(ImmutableArray<Feedback> given, CancellationToken cancellation)
    {
        if (given.Length > IEnsembleGrain.MaximumFeedback)
            throw new BadInputException($"A call has {given.Length} verdicts' feedback; send {IEnsembleGrain.MaximumFeedback} at most.");
        var lines = Ledger.With(given, time.GetUtcNow());
        if (!lines.SequenceEqual(feedback.State.Lines))
        {
            feedback.State.Lines = lines;
            await this.Save(feedback, cancellation);
        }

        return await Weigh(cancellation);
    }

    public async Task<Recalibrated> Recalibrate(CancellationToken cancellation)
    {
        if (_isForming)
            throw new BadInputException($"Ensemble '{Name}' is just getting a new version; recalibrate it when that is done.");
        var ledger = Ledger;
        var found = ledger.Correction();
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

        // The same feedback again asks for what it has led to.
        return new Recalibrated(found, Stored.Last());
    }

    /// <summary>
    /// After a version was formed: what feedback had led to is not lost where it has the members of the version before, and
    /// what feedback says of it is told, which may be nothing where it has others.
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

    /// <summary>Compares what there is with the newest version, and tells the board where they contradict each other.</summary>
    private async Task<FeedbackTally> Weigh(CancellationToken cancellation)
    {
        var ledger = Ledger;
        var stored = await ValidationOf(Stored.Last().Ensemble, cancellation);
        var tally = await OwnThread.Run(
            () => ledger.Tally(stored is null ? null : Distances(StoredValidation.Read(stored))),
            cancellation);
        await GrainFactory.GetGrain<IBoardGrain>(0).PostDrifts(Name, tally.Drifts, cancellation);
        return tally;
    }

    /// <summary>Null where there is none, or it was lost: feedback is taken all the same.</summary>
    private async Task<byte[]?> ValidationOf(Ensemble ensemble, CancellationToken cancellation)
    {
        try
        {
            return ensemble.ValidationBlob is { } blob ? await blobs.Get(blob, cancellation) : null;
        }
        catch (BlobException e)
        {
            LogNoValidation(e, Name);
            return null;
        }
    }

    private static (float[], ImagePair[]) Distances(StoredValidation validation) => (validation.Distances, validation.Pairs);

    [LoggerMessage(LogLevel.Warning, "Ensemble {Ensemble}: feedback was not weighed against the new version")]
    private partial void LogNotHeeded(Exception exception, string ensemble);

    [LoggerMessage(LogLevel.Warning, "Ensemble {Ensemble}: feedback cannot be weighed against its validation pairs")]
    private partial void LogNoValidation(Exception exception, string ensemble);
}
