using System.Buffers;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// What <see cref="ArticleStem"/> keeps of a batch for the backward pass. Rented from a pool: allocating 13 MB for every batch
/// would cost more in page faults than the arithmetic on it.
/// </summary>
internal sealed class StemMaps(int images) : IDisposable
{
    private float[]? _rectified = ArrayPool<float>.Shared.Rent(images * ResponseNormPool.Map);
    private float[]? _roots = ArrayPool<float>.Shared.Rent(images * ResponseNormPool.Map);
    private byte[]? _winners = ArrayPool<byte>.Shared.Rent(images * ResponseNormPool.Pooled);

    public Span<float> Rectified(int image) => Of(_rectified, image, ResponseNormPool.Map);

    public Span<float> Roots(int image) => Of(_roots, image, ResponseNormPool.Map);

    public Span<byte> Winners(int image) => Of(_winners, image, ResponseNormPool.Pooled);

    /// <summary>Returns the memory to the pool. Otherwise the garbage collector frees it.</summary>
    public void Dispose()
    {
        if (_rectified is null)
            return;
        ArrayPool<float>.Shared.Return(_rectified);
        ArrayPool<float>.Shared.Return(_roots!);
        ArrayPool<byte>.Shared.Return(_winners!);
        (_rectified, _roots, _winners) = (null, null, null);
    }

    private static Span<T> Of<T>(T[]? all, int image, int size) =>
        (all ?? throw new InvalidOperationException("A batch can be backpropagated through the article's network only once.")).AsSpan(image * size, size);
}
