using System.Collections.Immutable;

namespace Siamese.Grains.Storage;

/// <summary>
/// Stores weights and embeddings by content: the name of a blob is the SHA-256 of its bytes. Grain state has only the names.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores bytes atomically and returns their name: 64 hexadecimal digits. A blob that exists is refreshed.</summary>
    Task<string> Put(byte[] bytes, CancellationToken cancellation);

    /// <summary>Reads the blob with this name.</summary>
    /// <exception cref="BlobException">There is no such blob, or its bytes do not match its hash.</exception>
    Task<byte[]> Get(string name, CancellationToken cancellation);

    /// <summary>Deletes a blob and returns its length in bytes; 0 if it did not exist.</summary>
    Task<long> Delete(string name, CancellationToken cancellation);

    /// <summary>The names that do not exist, in order. Checks only existence and length; other damage is found on reading.</summary>
    Task<ImmutableArray<string>> Missing(ImmutableArray<string> names, CancellationToken cancellation);

    /// <summary>Like <see cref="Missing"/>, and those that exist count as used now: they stay for a day even if nothing needs them yet.</summary>
    Task<ImmutableArray<string>> Refresh(ImmutableArray<string> names, CancellationToken cancellation);
}
