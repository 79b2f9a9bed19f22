using System.Collections.Immutable;
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
        if (found.LossAfter >= found.LossBefore)
            return new Recalibrated(found, Version: null);
        var newest = Stored.Last();
        var ensemble = RecalibratedEnsemble.Of(ledger.Original, found, state.State.Versions.Count + 1, time.GetUtcNow());
        // The same feedback again asks for what it has led to.
        if (newest.Ensemble.Recalibration == ensemble.Recalibration)
            return new Recalibrated(found, newest);
        await Store(new FormedVersion(new EnsembleSummary(ensemble, Test: null), Result: null));
        await Weigh(cancellation);
        return new Recalibrated(found, Stored.Last());
    }

    /// <summary>Compares what there is with the newest version, and tells the board where they contradict each other.</summary>
    private async Task<FeedbackTally> Weigh(CancellationToken cancellation)
    {
        var ledger = Ledger;
        var blob = Stored.Last().Ensemble.ValidationBlob;
        var stored = blob is null ? null : await blobs.Get(blob, cancellation);
        var tally = await OwnThread.Run(
            () => ledger.Tally(stored is null ? null : Distances(StoredValidation.Read(stored))),
            cancellation);
        await GrainFactory.GetGrain<IBoardGrain>(0).PostDrifts(Name, tally.Drifts, cancellation);
        return tally;
    }

    private static (float[], ImagePair[]) Distances(StoredValidation validation) => (validation.Distances, validation.Pairs);
}
