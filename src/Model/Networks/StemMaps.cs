using System.Buffers;

namespace Siamese.Model.Networks;

/// <summary>
/// What <see cref="ArticleStem"/> keeps of a batch for the way back. Lent, because 13 MB that are new for every batch cost
/// more in page faults than the arithmetic on them.
/// </summary>
internal sealed class StemMaps(int images) : IDisposable
{
    private float[]? _rectified = ArrayPool<float>.Shared.Rent(images * ResponseNormPool.Map);
    private float[]? _roots = ArrayPool<float>.Shared.Rent(images * ResponseNormPool.Map);
    private byte[]? _winners = ArrayPool<byte>.Shared.Rent(images * ResponseNormPool.Pooled);

    public Span<float> Rectified(int image) => Of(_rectified, image, ResponseNormPool.Map);

    public Span<float> Roots(int image) => Of(_roots, image, ResponseNormPool.Map);

    public Span<byte> Winners(int image) => Of(_winners, image, ResponseNormPool.Pooled);

    /// <summary>Gives the memory back. Without it, the garbage collector takes it.</summary>
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
        (all ?? throw new InvalidOperationException("A batch goes back through the article's network once.")).AsSpan(image * size, size);
}
