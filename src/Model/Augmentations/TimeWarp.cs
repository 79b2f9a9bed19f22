using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Lets the pen run ahead and fall behind, smoothly: the same path in another rhythm (Um et al., "Data Augmentation of
/// Wearable Sensor Data for Parkinson's Disease Monitoring", ICMI 2017, who call it time warping).
/// </summary>
/// <param name="strength">Largest displacement, as a share of the duration.</param>
public sealed class TimeWarp(double strength) : InputChange
{
    /// <summary>Places along the path that are displaced; between them displacements change smoothly. The two ends stay.</summary>
    private const int Knots = 4;

    private const int Time = 2;

    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.TimeWarp > 0 ? new TimeWarp(h.TimeWarp.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var (count, points) = (items.shape[0], items.shape[1]);
        var end = zeros(count, 1);
        var knots = cat([end, Draw(Knots, count, generator).t().Times(strength), end], 1); // (B, P)
        var places = linspace(0, 1, points).unsqueeze(0).Plus(Paths.Smooth(knots.unsqueeze(1), points).squeeze(1)); // (B, T)
        var moved = Paths.At(items, places.cummax(1).values);
        return cat([moved.narrow(2, 0, Time), items.narrow(2, Time, 1), moved.narrow(2, Time + 1, 2)], 2);
    }
}
