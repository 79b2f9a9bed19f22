using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Training;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation;
using Siamese.Model.Losses;
using Siamese.Model.Networks;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>
/// Trains one trial on the calling thread. Hyperparameters, data, shard and seed decide the weights to the last bit on
/// the same kind of machine, whatever else the process trains at the time.
/// </summary>
public sealed class Trainer(TrialSpec spec, DataSet data, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly ImagePair[] _validationPairs = EvaluationPairs.Of(data.Validation);
    private readonly List<EpochReport> _reports = [];
    private double _secondsBefore;
    private string _machineKind = MachineKind.Current;

    /// <summary>Trains to the end.</summary>
    /// <param name="report">Called after every epoch that a checkpoint does not hold already, on the calling thread.</param>
    /// <param name="from">A checkpoint of this very trial to go on from; null trains from the start.</param>
    /// <param name="checkpoints">Takes checkpoints on the calling thread; null takes none.</param>
    /// <param name="cancellation">Looked at between two batches.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or another trial's; nothing was trained.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingOutcome Train(Action<EpochReport> report, byte[]? from, ICheckpoints? checkpoints, CancellationToken cancellation)
    {
        // One libtorch thread per trial and one trial per core beats two threads on one trial by far. Acts on this thread.
        set_num_threads(1);
        // The library's layers leave handles behind when they are made; nothing of a trial outlives it.
        using var scope = NewDisposeScope();
        var hyperparameters = spec.Hyperparameters;
        var distance = Distance.Get(hyperparameters.Distance);
        var loss = LossKind.Get(hyperparameters.Loss).Create(hyperparameters, distance);
        var shard = Shards.Cut(data.Training, spec.Shards)[spec.Shard];
        using var random = new TrialRandom(spec.Seed);
        using var encoder = Encoders.Get(hyperparameters.Encoder).Create(hyperparameters.EmbeddingSize);
        random.Begin(0, 0);
        encoder.Initialize(random.Tensors);
        var batches = BatchSources.For(hyperparameters, shard, loss, random);

        using var loop = new TrainingLoop(hyperparameters, encoder, shard.Images, batches, random);
        var sums = from is null ? default : Resume(loop, from);
        for (var epoch = _reports.Count + 1; epoch <= hyperparameters.Epochs; epoch++)
        {
            sums = loop.RunEpoch(epoch, sums, trained => Offer(checkpoints, loop, trained, endsEpoch: false), cancellation);
            if (!double.IsFinite(sums.Loss))
                return Diverged(sums, epoch);
            var embeddings = Embedding.Of(encoder, data.Validation.Images, cancellation);
            if (!Array.TrueForAll(embeddings, float.IsFinite))
                return Diverged(sums, epoch);
            var distances = PairDistances.Measure(embeddings, encoder.EmbeddingSize, _validationPairs, distance);
            // Finite embeddings may still lie too far apart for a float, and then there is no curve.
            if (!Array.TrueForAll(distances, float.IsFinite))
                return Diverged(sums, epoch);
            var metrics = RocCurve.Of(distances, _validationPairs).ToMetrics();
            _reports.Add(new EpochReport(epoch, hyperparameters.Epochs, sums.MeanLoss, metrics.Eer, Seconds));
            report(_reports[^1]);
            if (epoch == hyperparameters.Epochs)
                return Finished(sums, encoder, embeddings, distances, metrics);
            sums = default;
            Offer(checkpoints, loop, sums, endsEpoch: true);
        }

        throw new InvalidOperationException("A trial needs at least one epoch.");
    }

    private double Seconds => _secondsBefore + time.GetElapsedTime(_started).TotalSeconds;

    private EpochSums Resume(TrainingLoop loop, byte[] from)
    {
        var snapshot = TrainingSnapshot.Read(from, spec);
        var progress = snapshot.Progress;
        loop.Restore(snapshot.Tensors, progress.Sums);
        _reports.AddRange(progress.Reports);
        (_secondsBefore, _machineKind) = (progress.Seconds, MachineKind.After(progress.MachineKind));
        return progress.Sums;
    }

    private void Offer(ICheckpoints? checkpoints, TrainingLoop loop, EpochSums sums, bool endsEpoch)
    {
        if (checkpoints is null || !checkpoints.AreDue(endsEpoch))
            return;
        var progress = new TrainingProgress([.. _reports], sums, Seconds, _machineKind);
        checkpoints.Take(new TrainingSnapshot(spec, progress, loop.Copy()));
    }

    private TrainingOutcome Finished(
        EpochSums sums, Encoder encoder, float[] embeddings, float[] distances, PairMetrics metrics)
    {
        var meanDifferent = _validationPairs.Zip(distances)
            .Where(pair => pair.First.Relation == Relation.Different)
            .Average(pair => (double)pair.Second);
        var problem = Usability.Problem(meanDifferent, spec.Hyperparameters.Margin ?? 1, metrics);
        var result = Result(sums, problem is null ? TrialStatus.Completed : TrialStatus.Unusable, problem) with
        {
            Validation = metrics,
        };
        // The trial's id makes the blob its own: two trials never share one, so removing one cannot hurt the other.
        var metadata = new Dictionary<string, string> { ["trial"] = spec.Id, ["encoder"] = spec.Hyperparameters.Encoder };
        return new TrainingOutcome(result, ModuleWeights.Save(encoder, metadata), embeddings);
    }

    private TrainingOutcome Diverged(EpochSums sums, int epoch) => new(
        Result(sums, TrialStatus.Unusable, $"diverged: loss or embeddings are not finite in epoch {epoch}; try a lower learning rate"),
        Weights: null,
        ValidationEmbeddings: null);

    private TrialResult Result(EpochSums sums, TrialStatus status, string? reason) => new()
    {
        Status = status,
        Reason = reason,
        Epochs = [.. _reports],
        Seconds = Seconds,
        Positives = sums.Positives,
        Negatives = sums.Negatives,
        MachineKind = _machineKind,
    };
}
