using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>Checks which images can be enrolled and identified.</summary>
internal static class EnrolmentCheck
{
    private const int Megabyte = 1024 * 1024;

    /// <exception cref="BadInputException">A name is not valid, or the call exceeds a limit.</exception>
    public static void Check(ImmutableArray<NamedImage> images)
    {
        if (images.IsDefault || images.Any(image => image is not { File.Bytes.IsDefault: false } or { File.Strokes.Bytes.IsDefault: true }))
            throw new BadInputException("The call has no list of images, or an image has no bytes.");
        if (images.Length > IIdentifyGrain.MaximumImages)
            throw new BadInputException($"{images.Length} images are too many for one call: send at most {IIdentifyGrain.MaximumImages} at once.");
        var bytes = images.Sum(image => image.File.Size);
        if (images.Length > 1 && bytes > IIdentifyGrain.MaximumBytes)
            throw new BadInputException($"The images of one call add up to {bytes / (double)Megabyte:0.0} MB; send at most {IIdentifyGrain.MaximumBytes / Megabyte} MB at once.");
        foreach (var image in images)
            ReferenceName.Check(image.Name);
    }
}
