using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Augmentations;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using Siamese.Model.Networks;
using Siamese.Model.Randomness;
using Siamese.Model.Tensors;
using Siamese.Model.Training.Batches;
using Siamese.Model.Training.Optimizers;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>The inner loop: batches through the encoder, gradients into the optimizer.</summary>
internal sealed class TrainingLoop(
    Hyperparameters hyperparameters, Encoder encoder, ImageSet images, IBatchSource batches, TrialRandom random) : IDisposable
{
    private readonly OnePassOptimizer _optimizer = OnePassOptimizer.Of(hyperparameters, FrozenStages.Freeze(encoder, hyperparameters.Freeze ?? 0));
    private readonly IReadOnlyList<InputChange> _changes = InputChange.Of(hyperparameters, images.Shape.Kind);
    private readonly Tensor _images = ItemTensors.Stored(images);

    /// <summary>Trains an epoch to its end; stops at once if the loss is not finite.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="from">Totals over the batches of this epoch that are already trained.</param>
    /// <param name="afterBatch">Called after each batch, except one with a loss that is not finite.</param>
    /// <param name="cancellation">Checked before each batch.</param>
    /// <returns>Totals over the batches of the epoch.</returns>
    public EpochSums RunEpoch(int epoch, EpochSums from, Action<EpochSums> afterBatch, CancellationToken cancellation)
    {
        FrozenStages.Train(encoder, hyperparameters.Freeze ?? 0);
        var sums = from;
        foreach (var batch in batches.Epoch(epoch).Skip(from.Batches))
        {
            cancellation.ThrowIfCancellationRequested();
            var done = (epoch - 1) + ((double)sums.Batches / batches.Count);
            var rate = LearningRates.At(hyperparameters.Schedule, hyperparameters.LearningRate, done / hyperparameters.Epochs);
            random.Begin(epoch, sums.Batches + 1);
            sums = sums.With(batch, RunBatch(batch, rate));
            if (!double.IsFinite(sums.Loss))
                break;
            afterBatch(sums);
        }

        return sums;
    }

    /// <summary>A copy of everything that training changes.</summary>
    public IReadOnlyList<NamedTensor> Copy() => [.. ModuleWeights.Copy(encoder), .. _optimizer.Copy()];

    /// <summary>Resumes from a copy.</summary>
    /// <exception cref="InvalidDataException">The copy does not match this trial's network and batches.</exception>
    public void Restore(IReadOnlyList<NamedTensor> copy, EpochSums sums)
    {
        if (sums.Batches < 0 || sums.Batches > batches.Count)
            throw new InvalidDataException($"The checkpoint was taken after batch {sums.Batches} of an epoch that has {batches.Count}.");
        var weights = _optimizer.Restore(copy);
        ModuleWeights.Set(encoder, weights);
    }

    public void Dispose() => _images.Dispose();

    private double RunBatch(TrainingBatch batch, double rate)
    {
        using var scope = NewDisposeScope();
        var input = ItemTensors.Pick(_images, batch.Images); // (B, C, H, W) or (B, T, 5)
        foreach (var change in _changes)
            input = change.Apply(input, random.Tensors);
        var loss = batch.Loss(encoder.forward(input));
        loss.backward();
        _optimizer.Step(rate);
        return loss.item<float>();
    }
}
