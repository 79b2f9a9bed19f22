using System.Globalization;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Losses;
using Siamese.Model.Networks;
using Siamese.Model.Randomness;
using Siamese.Model.Training.Batches;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>
/// Trains one trial on the calling thread. On the same kind of machine, hyperparameters, data, shard and seed determine the
/// weights to the last bit, regardless of what else the process trains at the time.
/// </summary>
/// <param name="spec">The trial.</param>
/// <param name="data">The data to train it on.</param>
/// <param name="time">Measures how long it takes.</param>
/// <param name="donor">
/// The file with the weights that the trial starts from; null if it starts from random ones, or is sure to resume from a checkpoint.
/// </param>
public sealed class Trainer(TrialSpec spec, DataSet data, TimeProvider time, byte[]? donor = null)
{
    /// <summary>Training images to measure if they may be memorised: enough for an EER, and a small part of an epoch.</summary>
    private const int LookedAt = 1000;

    private readonly long _started = time.GetTimestamp();
    private readonly Hyperparameters _hyperparameters = spec.Hyperparameters;
    private readonly Distance _distance = Distance.Of(spec.Hyperparameters);
    private readonly Watchdog _watchdog = new(spec.Hyperparameters);
    private readonly ImagePair[] _validationPairs = EvaluationPairs.Of(data.Validation);
    private readonly List<EpochReport> _reports = [];
    private double _secondsBefore;
    private string _machineKind = MachineKind.Current;

    /// <summary>Trains to the end, or until it is finished early.</summary>
    /// <param name="report">Called on the calling thread after every epoch that is not already in the checkpoint.</param>
    /// <param name="from">A checkpoint of this trial to resume from; null trains from the start.</param>
    /// <param name="checkpoints">Receives checkpoints on the calling thread; null takes none.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <param name="finish">
    /// Checked between batches: the trial ends as if the last validated epoch had been its last. If this call has not
    /// validated an epoch yet, the trial ends after the current one.
    /// </param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or from another trial; nothing was trained.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public TrainingOutcome Train(Action<EpochReport> report, byte[]? from, ICheckpoints? checkpoints, CancellationToken cancellation, CancellationToken finish = default)
    {
        // One libtorch thread per trial and one trial per core is much faster than two threads on one trial. Applies to this thread.
        set_num_threads(1);
        // The library's layers leave handles behind on creation; the scope frees them with the trial.
        using var scope = NewDisposeScope();
        using var random = new TrialRandom(spec.Seed);
        var shard = Shards.Cut(data.Training, spec.Shards)[spec.Shard];
        using var encoder = Untrained(random, shard.Images);
        if (from is null)
            TakeDonated(encoder);
        var loss = LossKind.Get(_hyperparameters.Loss).Create(_hyperparameters, _distance);
        var (images, batches) = BatchSources.For(_hyperparameters, shard, loss, random);

        using var loop = new TrainingLoop(_hyperparameters, encoder, images, batches, random);
        using var weights = new EpochWeights(_hyperparameters, encoder);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, finish);
        var sums = from is null ? default : Resume(loop, weights, from);
        (EpochSums Sums, Validation Validation)? ended = null;
        for (var epoch = _reports.Count + 1; epoch <= _hyperparameters.Epochs; epoch++)
        {
            try
            {
                sums = loop.RunEpoch(epoch, sums, trained => Offer(checkpoints, loop, weights, trained, endsEpoch: false), ended is null ? cancellation : either.Token);
            }
            catch (OperationCanceledException) when (ended is not null && !cancellation.IsCancellationRequested)
            {
                return Finished(ended.Value.Sums, weights, weights.BackToValidated(), ended.Value.Validation, shard, epoch - 1, cancellation);
            }

            if (!double.IsFinite(sums.Loss))
                return Diverged(sums, epoch);
            var validated = weights.After(epoch);
            if (Validate(validated, cancellation) is not { } validation)
                return Diverged(sums, epoch);
            _reports.Add(new EpochReport(epoch, _hyperparameters.Epochs, sums.MeanLoss, validation.Metrics.Eer, Seconds, validation.Spread));
            report(_reports[^1] with { Curve = [.. _reports.Select(earlier => earlier.ValidationEer)] });
            weights.Validated(validated, isBest: EarlyStop.Best(_reports) == epoch);
            if (epoch == (spec.EndsAfter ?? _hyperparameters.Epochs) || EarlyStop.IsDue(_reports, _hyperparameters.Patience))
                return Finished(sums, weights, validated, validation, shard, spec.EndsAfter, cancellation);
            ended = (sums, validation);
            sums = default;
            Offer(checkpoints, loop, weights, sums, endsEpoch: true);
        }

        throw new InvalidOperationException("A trial needs at least one epoch.");
    }

    private double Seconds => _secondsBefore + time.GetElapsedTime(_started).TotalSeconds;

    private Encoder Untrained(TrialRandom random, ImageSet training)
    {
        var encoder = Encoders.Create(_hyperparameters);
        random.Begin(0, 0);
        encoder.Initialize(random.Tensors);
        encoder.Fit(training);
        return encoder;
    }

    /// <exception cref="InvalidDataException">The donor's weights do not fit the trial's encoder.</exception>
    private void TakeDonated(Encoder encoder)
    {
        if (_hyperparameters.From is null)
            return;
        // After the encoder is fitted: the donor's first stages need the scale of the donor's input.
        ModuleWeights.Load(encoder, donor ?? throw new InvalidOperationException("The trial starts from other weights, and they are not there."));
    }

    private Validation? Validate(Encoder encoder, CancellationToken cancellation) =>
        Validation.Of(encoder, data.Validation.Images, _validationPairs, _distance, cancellation);

    private EpochSums Resume(TrainingLoop loop, EpochWeights weights, byte[] from)
    {
        var snapshot = TrainingSnapshot.Read(from, spec);
        var progress = snapshot.Progress;
        loop.Restore(weights.Restore(snapshot.Tensors), progress.Sums);
        _reports.AddRange(progress.Reports);
        (_secondsBefore, _machineKind) = (progress.Seconds, MachineKind.After(progress.MachineKind));
        return progress.Sums;
    }

    private void Offer(ICheckpoints? checkpoints, TrainingLoop loop, EpochWeights weights, EpochSums sums, bool endsEpoch)
    {
        if (checkpoints is null || !checkpoints.AreDue(endsEpoch))
            return;
        var progress = new TrainingProgress([.. _reports], sums, Seconds, _machineKind);
        checkpoints.Take(new TrainingSnapshot(spec, progress, [.. loop.Copy(), .. weights.Copy()]));
    }

    private TrainingOutcome Finished(
        EpochSums sums, EpochWeights weights, Encoder validated, Validation validation, DataSplit shard, int? endsAfter, CancellationToken cancellation)
    {
        var kept = _reports.Count;
        if (_hyperparameters.Keep is Keep.Best && EarlyStop.Best(_reports) is var best && best != kept)
        {
            weights.SetToBest(validated);
            (kept, validation) = (best, Validate(validated, cancellation)!);
        }

        var findings = _watchdog.Look(
            _reports[..kept], sums, validation.Metrics, () => UntrainedAuc(shard.Images, cancellation), () => TrainingEer(validated, shard, cancellation));
        var unusable = findings.FirstOrDefault(finding => Watchdog.IsUnusable(finding.Kind));
        var early = endsAfter is null ? null : string.Create(CultureInfo.InvariantCulture, $"finished early, after epoch {endsAfter} of {_hyperparameters.Epochs}");
        var result = Result(sums, unusable is null ? TrialStatus.Completed : TrialStatus.Unusable, unusable?.ToString() ?? early) with
        {
            Validation = validation.Metrics,
            Findings = [.. findings],
            KeptEpoch = kept,
            EndsAfter = endsAfter,
        };
        // The trial's id makes the blob unique: two trials never share one, so removing one cannot damage the other.
        var metadata = new Dictionary<string, string> { ["trial"] = (spec with { EndsAfter = endsAfter }).Id, ["encoder"] = _hyperparameters.Encoder };
        return new TrainingOutcome(result, ModuleWeights.Save(validated, metadata), validation.Embeddings);
    }

    private TrainingOutcome Diverged(EpochSums sums, int epoch)
    {
        var finding = _watchdog.Diverged(epoch, _reports);
        return new(Result(sums, TrialStatus.Unusable, finding.ToString()) with { Findings = [finding] }, Weights: null, ValidationEmbeddings: null);
    }

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

    private double UntrainedAuc(ImageSet training, CancellationToken cancellation)
    {
        using var random = new TrialRandom(spec.Seed);
        using var encoder = Untrained(random, training);
        return Validate(encoder, cancellation)?.Metrics.Auc ?? 0.5;
    }

    private double TrainingEer(Encoder trained, DataSplit shard, CancellationToken cancellation)
    {
        var images = shard.Images;
        var some = shard.GivenPairs is null && images.Count > LookedAt
            ? new DataSplit(images.Select([.. Enumerable.Range(0, LookedAt).Select(i => (int)((long)i * images.Count / LookedAt))]))
            : shard;
        return Validation.Of(trained, some.Images, EvaluationPairs.Of(some), _distance, cancellation)?.Metrics.Eer ?? 0.5;
    }
}
