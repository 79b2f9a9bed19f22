using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Siamese.Contracts.Access;

/// <summary>The keys with which programs call the HTTP API. One per cluster, key 0.</summary>
[Alias("siamese.IKeyGrain")]
public interface IKeyGrain : IGrainWithIntegerKey
{
    /// <summary>Adds a key. Its secret is in this answer and nowhere else. Called by the client.</summary>
    /// <exception cref="BadInputException">
    /// The request is not valid, there is a key with this id already or a key in use with this name, or there are too many keys.
    /// </exception>
    [Alias("Add"), May(Role.Administer, IsAudited = true)]
    Task<NewApiKey> Add(ApiKeyRequest request, CancellationToken cancellation);

    /// <summary>Every key, those that were revoked too, the newest first. Called by the client.</summary>
    [Alias("List"), May(Role.Administer)]
    Task<ImmutableArray<ApiKey>> List(CancellationToken cancellation);

    /// <summary>
    /// Makes a key useless: nobody is admitted with it any more, and those who were have 2 minutes at most. Idempotent.
    /// Called by the client.
    /// </summary>
    /// <param name="idOrName">The key's id or, if no key has this id, its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Whether there is such a key.</returns>
    [Alias("Revoke"), May(Role.Administer, IsAudited = true)]
    Task<bool> Revoke(string idOrName, CancellationToken cancellation);

    /// <summary>Admits the holder of a key. Called by the HTTP API of a silo.</summary>
    /// <param name="key">The key, with its secret.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>What the holder may do; null if there is no such key, or if it was revoked or has expired.</returns>
    [Alias("Admit"), AlwaysInterleave, May(Role.Read)]
    Task<Admission?> Admit(string key, CancellationToken cancellation);
}
