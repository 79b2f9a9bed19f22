using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;

namespace Siamese.Grains.Ensembles;

/// <summary>How much may be asked in one call.</summary>
internal static class VerdictLimits
{
    private const int Megabyte = 1024 * 1024;

    /// <exception cref="BadInputException">The call is beyond a limit, lacks something, or names an image that it does not hold.</exception>
    public static void Check(ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs)
    {
        Require(!images.IsDefault && !pairs.IsDefault, "The call has no list of images or none of pairs.");
        foreach (var image in images)
            Require(image is { Bytes.IsDefault: false }, $"An image has no bytes: {image?.Name}.");
        Require(
            pairs.Length <= IVerdictGrain.MaximumPairs && images.Length <= 2 * IVerdictGrain.MaximumPairs,
            $"{pairs.Length} pairs of {images.Length} images are too many for one call: send at most {IVerdictGrain.MaximumPairs} pairs at once.");
        var bytes = images.Sum(image => (long)image.Bytes.Length);
        // One of two that is too large is refused by its name.
        Require(
            images.Length <= 2 || bytes <= IVerdictGrain.MaximumBytes,
            $"The images of one call have {bytes / (double)Megabyte:0.0} MB; send at most {IVerdictGrain.MaximumBytes / Megabyte} MB at once.");
        foreach (var (first, second) in pairs)
        {
            Require(
                (uint)first < (uint)images.Length && (uint)second < (uint)images.Length,
                $"A pair is of images {first} and {second}, of {images.Length}.");
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new BadInputException(otherwise);
    }
}
