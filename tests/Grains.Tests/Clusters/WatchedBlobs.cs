using System.Collections.Immutable;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Clusters;

/// <summary>A store that calls a test before it reads a blob; if that throws, reading fails.</summary>
internal sealed class WatchedBlobs(IBlobStore blobs) : IBlobStore
{
    /// <summary>Receives the name of the blob.</summary>
    public Action<string> BeforeGet { get; set; } = _ => { };

    public Task<string> Put(byte[] bytes, CancellationToken cancellation) => blobs.Put(bytes, cancellation);

    public Task<byte[]> Get(string name, CancellationToken cancellation)
    {
        BeforeGet(name);
        return blobs.Get(name, cancellation);
    }

    public Task<long> Delete(string name, CancellationToken cancellation) => blobs.Delete(name, cancellation);

    public Task<ImmutableArray<string>> Missing(ImmutableArray<string> names, CancellationToken cancellation) => blobs.Missing(names, cancellation);

    public Task<ImmutableArray<string>> Refresh(ImmutableArray<string> names, CancellationToken cancellation) => blobs.Refresh(names, cancellation);
}
