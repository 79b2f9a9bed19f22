using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>Jitters the points of pen strokes: adds normal noise to x and y, with a strength drawn for each drawing.</summary>
/// <param name="strength">Largest standard deviation, as a share of the larger side.</param>
public sealed class PathNoise(double strength) : InputChange
{
    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Noise > 0 ? new PathNoise(h.Noise.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var (count, points) = (items.shape[0], items.shape[1]);
        var size = rand([count, 1, 1], generator: generator).Times(strength);
        var place = items.narrow(2, 0, 2).Plus(randn([count, points, 2], generator: generator) * size);
        return cat([place, items.narrow(2, 2, 3)], 2);
    }
}
