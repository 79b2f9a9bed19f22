using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;
using Siamese.Grains.Workers;
using Siamese.Model.Training;

namespace Siamese.Grains.Tests.Clusters;

/// <summary>One trial in one slot: it runs until the test ends it.</summary>
internal sealed class Training(
    Lease lease, string silo, Action<EpochReport> report, ICheckpoints checkpoints, CancellationToken finish, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<TrialResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Lease Lease => lease;

    public string Silo => silo;

    /// <summary>Cancelled when the trainer gets the order to stop. The training stops only after <see cref="Obey"/>.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Cancelled when the trainer gets the order to end with its last validated epoch.</summary>
    public CancellationToken Finish => finish;

    public void Report(EpochReport epoch) => report(epoch);

    /// <summary>Where the test hands in checkpoints in place of the training thread.</summary>
    public ICheckpoints Checkpoints => checkpoints;

    public void End(TrialResult result) => _end.TrySetResult(result);

    public void End(TrialStatus status = TrialStatus.Completed) => End(Some.Result(status));

    public void Fail(Exception exception) => _end.TrySetException(exception);

    /// <summary>Ends as cancelled once it gets the order to stop.</summary>
    public void Obey() => cancellation.Register(() => _end.TrySetCanceled(cancellation));

    public Task<TrialResult> Result => _end.Task;
}

/// <summary>All trainings in the slots of a test cluster, in the order in which they begin.</summary>
internal sealed class Trainings
{
    private readonly Channel<Training> _begun = Channel.CreateUnbounded<Training>();

    public ConcurrentQueue<Training> All { get; } = [];

    /// <summary>How a trial ends at once; null, the default, leaves it to the test.</summary>
    public Func<Lease, TrialResult?> AtOnce { get; set; } = _ => null;

    /// <summary>The next training that begins.</summary>
    public async Task<Training> Next() => await _begun.Reader.ReadAsync(new CancellationTokenSource(TestCluster.Patience).Token);

    public async Task<Training[]> Next(int count)
    {
        var next = new List<Training>();
        while (next.Count < count)
            next.Add(await Next());
        return [.. next];
    }

    public void Begin(Training training)
    {
        All.Enqueue(training);
        if (AtOnce(training.Lease) is { } result)
            training.End(result);
        else
            _begun.Writer.TryWrite(training);
    }
}

/// <summary>Stands in for training: no thread, no Torch.</summary>
internal sealed class ScriptedRunner(Trainings trainings, string silo, DataLibrary library, ICheckpointStore checkpoints, IBlobStore blobs, TimeProvider time)
    : TrialRunner(library, checkpoints, blobs, time, NullLogger<TrialRunner>.Instance)
{
    public override async Task<TrainingOutcome> Run(
        Lease lease, byte[]? from, Action<EpochReport> report, ICheckpoints taken, CancellationToken finish, CancellationToken cancellation)
    {
        var training = new Training(lease, silo, report, taken, finish, cancellation);
        trainings.Begin(training);
        return new TrainingOutcome(await training.Result, Weights: null, ValidationEmbeddings: null);
    }
}
