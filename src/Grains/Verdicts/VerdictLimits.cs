using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;

namespace Siamese.Grains.Verdicts;

/// <summary>Limits of one call.</summary>
internal static class VerdictLimits
{
    private const int Megabyte = 1024 * 1024;

    /// <exception cref="BadInputException">The call exceeds a limit, lacks something, or refers to an image that it does not contain.</exception>
    public static void Check(ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs)
    {
        BadInputException.ThrowUnless(!images.IsDefault && !pairs.IsDefault, $"The call has no list of images or no list of pairs.");
        foreach (var image in images)
            BadInputException.ThrowUnless(image is { Bytes.IsDefault: false } and not { Strokes.Bytes.IsDefault: true }, $"An image has no bytes: {image?.Name}.");
        BadInputException.ThrowUnless(
            pairs.Length <= IVerdictGrain.MaximumPairs && images.Length <= 2 * IVerdictGrain.MaximumPairs,
            $"{pairs.Length} pairs of {images.Length} images are too many for one call: send at most {IVerdictGrain.MaximumPairs} pairs at once.");
        var bytes = images.Sum(image => image.Size);
        // With one or two images, the decoder reports the one that is too large by name.
        BadInputException.ThrowUnless(
            images.Length <= 2 || bytes <= IVerdictGrain.MaximumBytes,
            $"The images of one call add up to {bytes / (double)Megabyte:0.0} MB; send at most {IVerdictGrain.MaximumBytes / Megabyte} MB at once.");
        foreach (var (first, second) in pairs)
        {
            BadInputException.ThrowUnless(
                (uint)first < (uint)images.Length && (uint)second < (uint)images.Length,
                $"A pair refers to images {first} and {second}, but the call contains only {images.Length}.");
        }
    }
}
