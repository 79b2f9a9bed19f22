using System.Collections.Immutable;
using Siamese.Contracts.Access;

namespace Siamese.Grains.Access;

/// <summary>The stored keys.</summary>
[GenerateSerializer, Alias("siamese.KeyRingState")]
internal sealed class KeyRingState
{
    /// <summary>Every key by its id, those that were revoked too.</summary>
    [Id(0)] public Dictionary<string, StoredKey> Keys { get; set; } = [];
}

/// <summary>A key and the hash that its holder is recognized by.</summary>
[GenerateSerializer, Immutable, Alias("siamese.StoredKey")]
internal sealed record StoredKey(ApiKey Key, ImmutableArray<byte> Hash);
