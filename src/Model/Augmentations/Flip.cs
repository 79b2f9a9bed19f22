using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>Mirrors half of the images, left to right.</summary>
public sealed class Flip : InputChange
{
    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Flip is true ? new Flip() : null;

    public override Tensor Apply(Tensor items, Generator generator) =>
        where(Draw(1, items.shape[0], generator).IsAbove(0).view(-1, 1, 1, 1), items.flip(3), items);
}
