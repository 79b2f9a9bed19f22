using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;
using Siamese.Model.Networks;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>The inner loop: batches through the encoder, gradients into Adam.</summary>
internal sealed class TrainingLoop(
    Hyperparameters hyperparameters, Encoder encoder, ImageSet images, IBatchSource batches, TrialRandom random) : IDisposable
{
    private readonly OnePassAdam _adam = new(encoder.parameters());
    private readonly Tensor _images = Bytes(images);

    /// <summary>*Same* pairs of the last epoch.</summary>
    public long Positives { get; private set; }

    /// <summary>*Different* pairs of the last epoch.</summary>
    public long Negatives { get; private set; }

    /// <summary>Trains one epoch, from 1, and returns its mean loss; stops at once where that is not finite.</summary>
    public double RunEpoch(int epoch, CancellationToken cancellation)
    {
        encoder.train();
        (Positives, Negatives) = (0, 0);
        double sum = 0;
        var step = 0;
        foreach (var batch in batches.Epoch(epoch))
        {
            cancellation.ThrowIfCancellationRequested();
            var done = (epoch - 1) + ((double)step / batches.Count);
            var rate = LearningRates.At(hyperparameters.Schedule, hyperparameters.LearningRate, done / hyperparameters.Epochs);
            step++;
            random.Begin(epoch, step);
            sum += RunBatch(batch, rate);
            if (!double.IsFinite(sum))
                return sum;
            Positives += batch.Positives;
            Negatives += batch.Negatives;
        }

        return sum / step;
    }

    public void Dispose() => _images.Dispose();

    private double RunBatch(TrainingBatch batch, double rate)
    {
        using var scope = NewDisposeScope();
        var input = _images.index_select(0, tensor(batch.Images)).to(float32).DividedBy(255); // (B, 1, H, W)
        if (hyperparameters.Augment)
            input = Augmentation.Apply(input, random.Tensors);
        var loss = batch.Loss(encoder.forward(input));
        loss.backward();
        _adam.Step(rate);
        return loss.item<float>();
    }

    /// <summary>(N, 1, H, W) bytes: a quarter of the memory of floats, and a batch is turned to floats in no time.</summary>
    private static Tensor Bytes(ImageSet images) => tensor(images.Pixels, [images.Count, 1, images.Shape.Height, images.Shape.Width]);
}
