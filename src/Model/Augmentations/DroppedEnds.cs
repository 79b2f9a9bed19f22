using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>Leaves out the start and the end of pen strokes, as when a pad begins late or a writer lifts the pen early.</summary>
/// <param name="share">Largest share of the points that is left out at each end, up to 0.45.</param>
public sealed class DroppedEnds(double share) : InputChange
{
    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.DroppedEnds > 0 ? new DroppedEnds(h.DroppedEnds.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var cut = Draw(2, items.shape[0], generator).abs().Times(share).unsqueeze(2); // (2, B, 1)
        var along = linspace(0, 1, items.shape[1]).unsqueeze(0); // (1, T)
        return Paths.Boxed(Paths.At(items, cut[0].Plus(along * 1d.Less(cut[0].Plus(cut[1])))));
    }
}
