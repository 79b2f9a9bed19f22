using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Siamese.Grains.Access;
using Siamese.Silo.Storage;

namespace Siamese.Silo.Access;

/// <summary>
/// The cluster's secrets, read from its store again from time to time. A new secret is used for signing once every silo has
/// read it; a signature by any secret in the store is valid.
/// </summary>
internal sealed class ClusterSecrets : ISigner
{
    /// <summary>How long after a secret was made silos begin to sign with it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _readEvery = TimeSpan.FromSeconds(15);

    private readonly IStore _store;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(long Made, string Purpose), byte[]> _keys = [];
    private ImmutableArray<StoredSecret> _newestFirst;
    private long _readAt;
    private int _isReading;

    /// <param name="store">The store, which must have been migrated.</param>
    /// <param name="time">The time.</param>
    public ClusterSecrets(IStore store, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _newestFirst = Read();
        _readAt = time.GetTimestamp();
    }

    /// <summary>The last time that the secrets were read again; for tests.</summary>
    internal Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>The secret with which silos without TLS connect to each other.</summary>
    public byte[] BetweenSilos => KeyOf(Current()[^1], "silos");

    /// <inheritdoc/>
    public byte[] Sign(string purpose, ReadOnlySpan<byte> content)
    {
        var secrets = Current();
        var latest = _time.GetUtcNow().Subtract(Grace).ToUnixTimeMilliseconds();
        return Signature(secrets.FirstOrDefault(secret => secret.Made <= latest) ?? secrets[^1], purpose, content);
    }

    /// <inheritdoc/>
    public bool IsValid(string purpose, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, int bytes = HMACSHA256.HashSizeInBytes)
    {
        if (signature.Length != bytes)
            return false;
        foreach (var secret in Current())
        {
            if (CryptographicOperations.FixedTimeEquals(Signature(secret, purpose, content).AsSpan(0, bytes), signature))
                return true;
        }

        return false;
    }

    private byte[] Signature(StoredSecret secret, string purpose, ReadOnlySpan<byte> content) =>
        HMACSHA256.HashData(_keys.GetOrAdd((secret.Made, purpose), _ => KeyOf(secret, purpose)), content);

    private static byte[] KeyOf(StoredSecret secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Value, HMACSHA256.HashSizeInBytes, info: Encoding.UTF8.GetBytes(purpose));

    private ImmutableArray<StoredSecret> Current()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _readAt)) > _readEvery && Interlocked.Exchange(ref _isReading, 1) == 0)
            Reading = Task.Run(ReadAgain);
        return _newestFirst;
    }

    private void ReadAgain()
    {
        try
        {
            _newestFirst = Read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The store is away: the known secrets remain valid, and the next attempt comes soon.
        }

        Interlocked.Exchange(ref _readAt, _time.GetTimestamp());
        Interlocked.Exchange(ref _isReading, 0);
    }

    private ImmutableArray<StoredSecret> Read() => [.. _store.Secrets().OrderByDescending(secret => secret.Made)];
}
