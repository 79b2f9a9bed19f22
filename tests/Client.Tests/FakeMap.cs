using Siamese.Contracts.Maps;

namespace Siamese.Client.Tests;

/// <summary>A map with two images, one of them with a shifted copy.</summary>
internal sealed class FakeMap : IEmbeddingMapGrain
{
    /// <summary>A PNG file of one grey pixel.</summary>
    private static readonly byte[] _png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    public List<EmbeddingMapRequest> Drawn { get; } = [];

    public Exception? Refusal { get; set; }

    public Task<EmbeddingMap> Draw(EmbeddingMapRequest request, CancellationToken cancellation)
    {
        Drawn.Add(request);
        return Refusal is null
            ? Task.FromResult(new EmbeddingMap(
                "zolaki-47", request.Version ?? 1, "mnist-mini", IsProjected: true, [0.75, 0.2],
                [new("4", 7, 0, -1, 0.5, [.. _png]), new("4", 7, 3, -0.9, 0.4, [.. _png]), new("9", 8, 0, 2, -1, [.. _png])],
                [new("4", 2, 1, "9"), new("9", 1, 0, "4")]))
            : Task.FromException<EmbeddingMap>(Refusal);
    }
}
