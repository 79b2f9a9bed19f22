using System.Collections.Immutable;

namespace Siamese.Grains.Storage;

/// <summary>
/// Weights and embeddings by content: what is put is known by the SHA-256 of its bytes. Grain state holds only the names.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores bytes, whole or not at all, and returns their name: 64 hexadecimal digits.</summary>
    Task<string> Put(byte[] bytes, CancellationToken cancellation);

    /// <summary>The bytes of that name.</summary>
    /// <exception cref="BlobException">There is no such blob, or its bytes do not have its hash.</exception>
    Task<byte[]> Get(string name, CancellationToken cancellation);

    /// <summary>Removes a blob and returns its length in bytes; 0 where it was not there.</summary>
    Task<long> Delete(string name, CancellationToken cancellation);

    /// <summary>Those of the names that are not there, in their order. Looks at existence and length only: what is broken otherwise shows when it is read.</summary>
    Task<ImmutableArray<string>> Missing(ImmutableArray<string> names, CancellationToken cancellation);
}
