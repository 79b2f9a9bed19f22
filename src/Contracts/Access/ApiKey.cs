namespace Siamese.Contracts.Access;

/// <summary>A key for the HTTP API, without its secret.</summary>
/// <param name="Id">Its id, which the key itself contains.</param>
/// <param name="Name">Its name; later keys may have the same once it is revoked.</param>
/// <param name="Role">What may be done with it.</param>
/// <param name="MadeAt">When it was added.</param>
/// <param name="MadeBy">Who added it; null if no client did.</param>
/// <param name="Until">When it expires; null for never.</param>
/// <param name="PerMinute">Number of requests that are answered in a minute.</param>
[GenerateSerializer, Immutable, Alias("siamese.ApiKey")]
public sealed record ApiKey(string Id, string Name, Role Role, DateTimeOffset MadeAt, string? MadeBy, DateTimeOffset? Until, int PerMinute)
{
    /// <summary>
    /// How the names of callers with keys begin. Certificates with such names are refused, so feedback, uploads and files that come
    /// with a key never count as those of a client that has a certificate with the key's name.
    /// </summary>
    public const string CallerPrefix = "key:";

    /// <summary>When somebody was last admitted with it; null for never. If all silos died, up to a minute of uses is forgotten.</summary>
    [Id(7)]
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    [Id(8)]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>
    /// What those who use it are called, in the audit log, in messages and in feedback. A later key with the same name is the same
    /// caller, so that a key can be replaced.
    /// </summary>
    public string Caller => CallerPrefix + Name;

    /// <summary>Since when, or from when on, it is of no use; null if it is in use and never expires.</summary>
    public DateTimeOffset? EndsAt => RevokedAt ?? Until;

    /// <summary>The key with an id or, if there is none, with a name: the one that is not revoked, or else the last that was; null if there is none.</summary>
    public static ApiKey? Find(IReadOnlyCollection<ApiKey> keys, string idOrName) =>
        keys.FirstOrDefault(key => key.Id == idOrName) ?? keys.Where(key => key.Name == idOrName).MaxBy(key => key.RevokedAt ?? DateTimeOffset.MaxValue);

    /// <summary>Whether its holder is admitted.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (Until is null || Until > now);
}
