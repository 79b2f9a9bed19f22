using Siamese.Contracts;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Backbones;

/// <summary>Reads an image to a shape.</summary>
/// <param name="index">Which image.</param>
/// <param name="input">The shape.</param>
/// <param name="pixels">Receives its pixels, C·H·W bytes.</param>
/// <returns>False if it cannot be read.</returns>
public delegate bool ReadImage(int index, ImageShape input, Span<byte> pixels);

/// <summary>Computes the features of a data set's images, or knows them from before.</summary>
public interface IFeatures
{
    /// <summary>Computes features on threads of its own; returns when all are there.</summary>
    /// <param name="shape">The backbone.</param>
    /// <param name="count">N, the number of images.</param>
    /// <param name="read">Reads one of them, on any thread; called at least once for each.</param>
    /// <param name="features">Receives N·D floats, row by row; zeros for an image that cannot be read.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="BadInputException">The backbone is missing, or does not turn an image into finite numbers.</exception>
    void Compute(BackboneShape shape, int count, ReadImage read, byte[] features, CancellationToken cancellation);
}
