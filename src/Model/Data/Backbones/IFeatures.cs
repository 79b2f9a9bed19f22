using Siamese.Contracts;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Backbones;

/// <summary>Computes the features of a data set's images, or knows them from before.</summary>
public interface IFeatures
{
    /// <summary>Computes features on threads of its own; returns when all are there.</summary>
    /// <param name="shape">The backbone.</param>
    /// <param name="count">N, the number of images.</param>
    /// <param name="read">Reads one of them to the shape of the backbone's images.</param>
    /// <param name="features">Receives N·D floats, row by row; zeros for an image that cannot be read.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="BadInputException">The backbone is missing, or does not turn an image into finite numbers.</exception>
    void Compute(BackboneShape shape, int count, ReadItem read, byte[] features, CancellationToken cancellation);
}
