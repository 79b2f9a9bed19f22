using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Sweeps;

/// <summary>The facts about a sweep's data that decide whether a point can be trained on it.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="GivesPairs">Whether the data set is labelled by pairs instead of classes.</param>
/// <param name="ShardImages">Number of training images in the smallest shard.</param>
/// <param name="HasForgeries">Whether it gives pairs because some images are forgeries.</param>
/// <param name="IsSmall">Whether trials on it stop by default when they no longer improve. False for sweeps that an earlier build planned.</param>
/// <param name="TypicalSize">Median height and width of its images; null if unknown, as in sweeps that an earlier build planned.</param>
/// <param name="Kinds">What its items are there as.</param>
/// <param name="ReordersStrokes">Whether the strokes of drawings may change their order by default. False for sweeps that an earlier build planned.</param>
/// <param name="DefaultsVersion">
/// Which defaults its sweep has: 0 for sweeps that an earlier build planned; from 1, batches of images with their forgeries and,
/// for pen strokes, context, pooling of every block and elastic distortion.
/// </param>
/// <param name="Features">Numbers in a vector; null if its items are something else.</param>
[GenerateSerializer, Immutable, Alias("siamese.DataFacts")]
internal sealed record DataFacts(string Name, bool GivesPairs, int ShardImages, bool HasForgeries = false, bool IsSmall = false, ImageSize? TypicalSize = null, InputKinds Kinds = InputKinds.Images, bool ReordersStrokes = false, int DefaultsVersion = 0, int? Features = null)
{
    /// <summary>The defaults of new sweeps.</summary>
    public const int NewestDefaults = 1;
}
