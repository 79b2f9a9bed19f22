using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Training;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Training;

/// <summary>Trains one assignment from its data to its stored weights. The one place where training leaves the grains.</summary>
internal partial class TrialRunner(DataLibrary library, ICheckpointStore checkpoints, TimeProvider time, ILogger<TrialRunner> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Trains on a thread of its own, from where the assignment says.</summary>
    /// <param name="assignment">What to train.</param>
    /// <param name="from">The checkpoint that it says to go on from; null begins.</param>
    /// <param name="report">Called on that thread after every epoch.</param>
    /// <param name="taken">Asked and given checkpoints on that thread.</param>
    /// <param name="cancellation">Ends training between two batches.</param>
    /// <exception cref="DataUnavailableException">This silo cannot have the data; another may.</exception>
    public virtual Task<TrainingOutcome> Run(
        Assignment assignment, byte[]? from, Action<EpochReport> report, ICheckpoints taken, CancellationToken cancellation) =>
        OwnThread.Run(() => Train(assignment, report, from, taken, cancellation), cancellation);

    /// <summary>Null where there is none, or it is of no use: then the trial begins anew.</summary>
    public async Task<byte[]?> Read(Assignment assignment, CancellationToken cancellation)
    {
        if (assignment.From is not { } checkpoint)
            return null;
        try
        {
            return await checkpoints.Get(assignment.Trial, checkpoint, cancellation);
        }
        catch (BlobException e)
        {
            LogUseless(assignment.Trial, e.Message);
            return null;
        }
    }

    private TrainingOutcome Train(
        Assignment assignment, Action<EpochReport> report, byte[]? from, ICheckpoints taken, CancellationToken cancellation)
    {
        using var activity = SiameseTelemetry.Source.StartActivity("trial.train");
        activity?.SetTag("siamese.trial", assignment.Trial);
        activity?.SetTag("siamese.sweep", assignment.Sweep);
        var spec = assignment.Spec;
        var data = library.Get(assignment.Data, Encoders.InputOf(spec.Hyperparameters), spec.DataFingerprint);
        try
        {
            return new Trainer(spec, data, time).Train(Report, from, taken, cancellation);
        }
        catch (InvalidDataException e) when (from is not null)
        {
            LogUseless(assignment.Trial, e.Message);
            return new Trainer(spec, data, time).Train(Report, from: null, taken, cancellation);
        }

        void Report(EpochReport epoch)
        {
            SiameseTelemetry.Epochs.Add(1);
            activity?.AddEvent(new ActivityEvent("epoch", tags: new() { ["epoch"] = epoch.Epoch, ["loss"] = epoch.Loss, ["eer"] = epoch.ValidationEer }));
            report(epoch);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Trial {Trial} begins anew, for its checkpoint is of no use: {Message}")]
    private partial void LogUseless(string trial, string message);
}
