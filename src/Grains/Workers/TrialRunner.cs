using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Threads;
using Siamese.Grains.Trials;
using Siamese.Model.Data.Splits;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Workers;

/// <summary>Trains one lease, from its data to its weights. The only place where training leaves the grains.</summary>
internal partial class TrialRunner(DataLibrary library, ICheckpointStore checkpoints, IBlobStore blobs, TimeProvider time, ILogger<TrialRunner> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Trains on a dedicated thread, from the given checkpoint or from the beginning.</summary>
    /// <param name="lease">What to train.</param>
    /// <param name="from">The checkpoint to resume from; null to start from the beginning.</param>
    /// <param name="report">Called on that thread after every epoch.</param>
    /// <param name="taken">Decides when to take checkpoints and receives them, on that thread.</param>
    /// <param name="finish">Ends training with the last validated epoch.</param>
    /// <param name="cancellation">Ends training between two batches.</param>
    /// <exception cref="DataUnavailableException">This silo cannot get the data; another may.</exception>
    /// <exception cref="BadInputException">The trial starts from the weights of another one, and they are not in the store.</exception>
    public virtual async Task<TrainingOutcome> Run(
        Lease lease, byte[]? from, Action<EpochReport> report, ICheckpoints taken, CancellationToken finish, CancellationToken cancellation)
    {
        var donor = await ReadDonor(lease, from, cancellation);
        return await OwnThread.Run(() => Train(lease, report, from, donor, taken, finish, cancellation), cancellation);
    }

    /// <summary>Reads the lease's checkpoint. Null if there is none or it is unusable: the trial then starts from the beginning.</summary>
    public async Task<byte[]?> Read(Lease lease, CancellationToken cancellation)
    {
        if (lease.From is not { } checkpoint)
            return null;
        try
        {
            return await checkpoints.Get(lease.Trial, checkpoint, cancellation);
        }
        catch (BlobException e)
        {
            LogUseless(lease.Trial, e.Message);
            return null;
        }
    }

    private TrainingOutcome Train(
        Lease lease, Action<EpochReport> report, byte[]? from, byte[]? donor, ICheckpoints taken, CancellationToken finish, CancellationToken cancellation)
    {
        var (spec, span, epochs) = (lease.Spec, Activity.Current, 0);
        var data = Get(lease);
        try
        {
            return new Trainer(spec, data, time, donor).Train(Report, from, taken, cancellation, finish);
        }
        catch (InvalidDataException e) when (from is not null)
        {
            LogUseless(lease.Trial, e.Message);
            return new Trainer(spec, data, time, donor).Train(Report, from: null, taken, cancellation, finish);
        }
        finally
        {
            library.Used(data);
        }

        void Report(EpochReport epoch)
        {
            SiameseMetrics.EpochTrained();
            if (span is not null && Spans.Shows(++epochs, LeaseTrace.Epochs))
                span.AddEvent(new ActivityEvent("epoch", tags: new() { ["epoch"] = epoch.Epoch, ["loss"] = epoch.Loss, ["eer"] = epoch.ValidationEer }));
            report(epoch);
        }
    }

    /// <summary>The weights that the trial starts from; null if it starts from random ones. With a checkpoint, it can do without.</summary>
    private async Task<byte[]?> ReadDonor(Lease lease, byte[]? checkpoint, CancellationToken cancellation)
    {
        if (lease.Spec.Hyperparameters.From is not { } weights)
            return null;
        try
        {
            return await blobs.Get(weights, cancellation);
        }
        catch (BlobException e)
        {
            return checkpoint is null
                ? throw new BadInputException($"The weights that the trial starts from cannot be read, so it cannot be trained: {e.Message}")
                : null;
        }
    }

    /// <exception cref="DataUnavailableException">This silo cannot get the data, or has too little memory for it now.</exception>
    private DataSet Get(Lease lease)
    {
        try
        {
            return library.Get(lease.Data, Encoders.InputOf(lease.Spec.Hyperparameters), lease.Spec.DataFingerprint);
        }
        catch (OutOfMemoryException e)
        {
            // Not the trial's fault, unlike when its own batches do not fit.
            throw new DataUnavailableException($"The silo on {Environment.MachineName} has too little free memory to read the data set; it is asked again, and so are others.", e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Trial {Trial} starts from the beginning because its checkpoint is unusable: {Message}")]
    private partial void LogUseless(string trial, string message);
}
