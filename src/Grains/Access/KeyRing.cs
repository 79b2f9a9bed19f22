using System.Collections.Immutable;
using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Access;

namespace Siamese.Grains.Access;

/// <summary>Decides which keys can be added and who is admitted with one. It changes the state; <see cref="KeyGrain"/> stores it.</summary>
internal sealed class KeyRing(KeyRingState state)
{
    /// <summary>Maximum number of keys. Those that ended longest ago make room for new ones.</summary>
    public const int MaximumKeys = 10_000;

    /// <summary>How long the holder of a key is admitted for, and so how long a revoked key can still be used.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromMinutes(2);

    /// <summary>How often uses are stored at most.</summary>
    private static readonly TimeSpan _storeEvery = TimeSpan.FromMinutes(1);

    private DateTimeOffset _storedAt = DateTimeOffset.MinValue;

    /// <summary>Whether keys were used since the state was last stored.</summary>
    public bool HasUses { get; private set; }

    /// <summary>Every key, the newest first.</summary>
    public ImmutableArray<ApiKey> All => [.. Keys.OrderByDescending(key => key.MadeAt).ThenBy(key => key.Id, StringComparer.Ordinal)];

    private IEnumerable<ApiKey> Keys => state.Keys.Values.Select(stored => stored.Key);

    /// <param name="request">The request.</param>
    /// <param name="hash">The hash of the key's text.</param>
    /// <param name="by">Who adds it; null if no client does.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="BadInputException">The request is not valid, the id or the name is taken, or there are too many keys.</exception>
    public ApiKey Add(ApiKeyRequest request, ImmutableArray<byte> hash, string? by, DateTimeOffset now)
    {
        request.Check();
        BadInputException.ThrowUnless(request.Until is null || request.Until > now, $"'until': {request.Until:u} is in the past; state a later date.");
        if (state.Keys.ContainsKey(request.Id))
            throw BadInputException.Conflict($"There is a key with the id '{request.Id}' already, and its secret was shown once. If you did not get it, revoke that key and add another.");
        if (Keys.FirstOrDefault(key => key.Name == request.Name && key.RevokedAt is null) is { } namesake)
            throw BadInputException.Conflict($"There is a key named '{request.Name}' already, with the id {namesake.Id}; revoke it, or choose another name.");
        if (state.Keys.Count >= MaximumKeys)
            MakeRoom(now);
        var key = new ApiKey(request.Id, request.Name, request.Role, now, by, request.Until, request.PerMinute);
        state.Keys.Add(key.Id, new StoredKey(key, hash));
        return key;
    }

    /// <inheritdoc cref="ApiKey.Find"/>
    public ApiKey? Find(string idOrName) => ApiKey.Find([.. Keys], idOrName);

    public void Revoke(ApiKey key, DateTimeOffset now) => Become(key with { RevokedAt = now });

    /// <summary>The key that a text is, and until when its holder is admitted; null if the holder is not. Notes the use.</summary>
    public (ApiKey Key, DateTimeOffset Until)? Admit(string text, DateTimeOffset now)
    {
        if (KeyText.IdOf(text) is not { } id
            || !state.Keys.TryGetValue(id, out var stored)
            || !CryptographicOperations.FixedTimeEquals(KeyText.HashOf(text).AsSpan(), stored.Hash.AsSpan())
            || !stored.Key.IsValid(now))
        {
            return null;
        }

        Become(stored.Key with { LastUsedAt = now });
        HasUses = true;
        var end = now + Term;
        return (stored.Key, stored.Key.Until is { } until && until < end ? until : end);
    }

    /// <summary>Whether uses are to be stored now. After that it is false for a minute.</summary>
    public bool IsTimeToStoreUses(DateTimeOffset now)
    {
        if (!HasUses || (now >= _storedAt && now - _storedAt < _storeEvery))
            return false;
        _storedAt = now;
        return true;
    }

    /// <summary>The state is being stored.</summary>
    public void BeginStoring() => HasUses = false;

    /// <summary>The state could not be stored.</summary>
    public void KeepUses() => HasUses = true;

    private void Become(ApiKey key) => state.Keys[key.Id] = state.Keys[key.Id] with { Key = key };

    private void MakeRoom(DateTimeOffset now)
    {
        var ended = Keys.Where(key => !key.IsValid(now)).MinBy(key => key.EndsAt)
            ?? throw new BadInputException($"There are {MaximumKeys} keys, the maximum; revoke one that is not needed any more.");
        state.Keys.Remove(ended.Id);
    }
}
