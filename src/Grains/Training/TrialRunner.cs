using System.Diagnostics;
using Siamese.Contracts.Training;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Model.Networks;
using Siamese.Model.Tensors;
using Siamese.Model.Training;

namespace Siamese.Grains.Training;

/// <summary>Trains one assignment from its data to its stored weights. The one place where training leaves the grains.</summary>
internal class TrialRunner(DataLibrary library, IBlobStore blobs, TimeProvider time)
{
    /// <summary>Trains on a thread of its own.</summary>
    /// <param name="assignment">What to train.</param>
    /// <param name="report">Called on that thread after every epoch.</param>
    /// <param name="cancellation">Ends training between two batches.</param>
    /// <returns>How the trial ended; weights and embeddings are in the blob store.</returns>
    public virtual async Task<TrialResult> Run(Assignment assignment, Action<EpochReport> report, CancellationToken cancellation)
    {
        var outcome = await OwnThread.Run(() => Train(assignment, report, cancellation), cancellation);
        if (outcome.Weights is null || outcome.ValidationEmbeddings is null)
            return outcome.Result;
        var width = assignment.Spec.Hyperparameters.EmbeddingSize;
        return outcome.Result with
        {
            WeightsBlob = await blobs.Put(outcome.Weights, cancellation),
            EmbeddingsBlob = await blobs.Put(StoredEmbeddings.Write(assignment.Trial, outcome.ValidationEmbeddings, width), cancellation),
        };
    }

    private TrainingOutcome Train(Assignment assignment, Action<EpochReport> report, CancellationToken cancellation)
    {
        using var activity = SiameseTelemetry.Source.StartActivity("trial.train");
        activity?.SetTag("siamese.trial", assignment.Trial);
        activity?.SetTag("siamese.sweep", assignment.Sweep);
        var spec = assignment.Spec;
        var data = library.Get(assignment.Data, Encoders.Get(spec.Hyperparameters.Encoder).Input, spec.DataFingerprint);
        try
        {
            return new Trainer(spec, data, time).Train(Report, from: null, checkpoints: null, cancellation);
        }
        finally
        {
            FreedMemory.GiveBack();
        }

        void Report(EpochReport epoch)
        {
            SiameseTelemetry.Epochs.Add(1);
            activity?.AddEvent(new ActivityEvent("epoch", tags: new() { ["epoch"] = epoch.Epoch, ["loss"] = epoch.Loss, ["eer"] = epoch.ValidationEer }));
            report(epoch);
        }
    }
}
