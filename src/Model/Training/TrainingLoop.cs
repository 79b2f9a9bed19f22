using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;
using Siamese.Model.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Siamese.Model.Training;

/// <summary>The inner loop: batches through the encoder, gradients into Adam (Kingma and Ba, ICLR 2015).</summary>
internal sealed class TrainingLoop(
    Hyperparameters hyperparameters, Encoder encoder, ImageSet images, IBatchSource batches, TrialRandom random) : IDisposable
{
    private readonly Adam _adam = optim.Adam(encoder.parameters(), hyperparameters.LearningRate);
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
            Rate = LearningRates.At(hyperparameters.Schedule, hyperparameters.LearningRate, done / hyperparameters.Epochs);
            step++;
            random.Begin(epoch, step);
            sum += RunBatch(batch);
            if (!double.IsFinite(sum))
                return sum;
            Positives += batch.Positives;
            Negatives += batch.Negatives;
        }

        return sum / step;
    }

    public void Dispose()
    {
        _adam.Dispose();
        _images.Dispose();
    }

    private double Rate
    {
        set
        {
            foreach (var group in _adam.ParamGroups)
                group.LearningRate = value;
        }
    }

    private double RunBatch(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        var input = _images.index_select(0, tensor(batch.Images)).to(float32).div_(255); // (B, 1, H, W)
        if (hyperparameters.Augment)
            input = Augmentation.Apply(input, random.Tensors);
        _adam.zero_grad();
        var loss = batch.Loss(encoder.forward(input));
        loss.backward();
        _adam.step();
        return loss.item<float>();
    }

    /// <summary>(N, 1, H, W) bytes: a quarter of the memory of floats, and a batch is turned to floats in no time.</summary>
    private static Tensor Bytes(ImageSet images) => tensor(images.Pixels, [images.Count, 1, images.Shape.Height, images.Shape.Width]);
}
