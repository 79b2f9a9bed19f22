using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Maps;

/// <summary>Draws how an ensemble sees test images. A stateless worker; key: the ensemble's name.</summary>
[Alias("siamese.IEmbeddingMapGrain")]
public interface IEmbeddingMapGrain : IGrainWithStringKey
{
    /// <summary>Embeds test images and gives each a place in the plane. The same request gives the same map.</summary>
    /// <exception cref="BadInputException">There is no such ensemble or version, a value is out of its range, or the data cannot be read or has changed.</exception>
    /// <exception cref="NoQuorumException">A member cannot be loaded.</exception>
    [Alias("Draw"), May(Role.Train)]
    Task<EmbeddingMap> Draw(EmbeddingMapRequest request, CancellationToken cancellation);
}
