using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Threads;
using Siamese.Grains.Trials;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Training;

/// <summary>Trains one assignment, from its data to its weights. The only place where training leaves the grains.</summary>
internal partial class TrialRunner(DataLibrary library, ICheckpointStore checkpoints, TimeProvider time, ILogger<TrialRunner> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Trains on a dedicated thread, from the given checkpoint or from the beginning.</summary>
    /// <param name="assignment">What to train.</param>
    /// <param name="from">The checkpoint to resume from; null to start from the beginning.</param>
    /// <param name="report">Called on that thread after every epoch.</param>
    /// <param name="taken">Decides when to take checkpoints and receives them, on that thread.</param>
    /// <param name="cancellation">Ends training between two batches.</param>
    /// <exception cref="DataUnavailableException">This silo cannot get the data; another may.</exception>
    public virtual Task<TrainingOutcome> Run(
        Assignment assignment, byte[]? from, Action<EpochReport> report, ICheckpoints taken, CancellationToken cancellation) =>
        OwnThread.Run(() => Train(assignment, report, from, taken, cancellation), cancellation);

    /// <summary>Reads the assignment's checkpoint. Null if there is none or it is unusable: the trial then starts from the beginning.</summary>
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

    [LoggerMessage(LogLevel.Warning, "Trial {Trial} starts from the beginning because its checkpoint is unusable: {Message}")]
    private partial void LogUseless(string trial, string message);
}
