using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Plots.Sweeps;

/// <summary>How the training loss of a trial fell from epoch to epoch.</summary>
public static class LossByEpoch
{
    /// <returns>Null if no epoch has a finite loss.</returns>
    public static Picture? Of(Format format, IEnumerable<EpochReport> epochs)
    {
        var finite = epochs.Where(epoch => double.IsFinite(epoch.Loss)).ToList();
        if (finite.Count == 0)
            return null;
        var frame = new Frame(
            format, "Training loss by epoch", "The mean over the batches of each epoch.",
            Axis.Linear("Epoch", 1, Math.Max(2, finite.Max(epoch => epoch.Epoch)), isWhole: true), Axis.Around("Loss", [.. finite.Select(epoch => epoch.Loss)]));
        return frame.Picture("loss-by-epoch",
        [
            new Polyline(Ink.Series[0], [.. finite.Select(epoch => frame.At(epoch.Epoch, epoch.Loss))]),
            .. finite.Select(epoch => new Dot(Ink.Series[0], frame.At(epoch.Epoch, epoch.Loss), 3) { Hint = $"Epoch {epoch.Epoch}: {Figures.Number(epoch.Loss)}" }),
        ]);
    }
}
