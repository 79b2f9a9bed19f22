using System.Collections.Immutable;
using Siamese.Grains.Storage;

namespace Siamese.Bench.Backbones;

/// <summary>A store in memory.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly Dictionary<string, byte[]> _blobs = [];

    public Task<string> Put(byte[] bytes, CancellationToken cancellation)
    {
        var name = $"{_blobs.Count}";
        _blobs[name] = bytes;
        return Task.FromResult(name);
    }

    public Task<byte[]> Get(string name, CancellationToken cancellation) => Task.FromResult(_blobs[name]);

    public Task<long> Delete(string name, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<string>> Missing(ImmutableArray<string> names, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ImmutableArray<string>> Refresh(ImmutableArray<string> names, CancellationToken cancellation) => throw new NotSupportedException();
}
