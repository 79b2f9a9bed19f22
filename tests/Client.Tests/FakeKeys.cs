using System.Collections.Immutable;
using Siamese.Contracts.Access;

namespace Siamese.Client.Tests;

/// <summary>Keys in memory. The secret of each is its name.</summary>
internal sealed class FakeKeys : IKeyGrain
{
    public List<ApiKey> All { get; } = [];

    public Task<NewApiKey> Add(ApiKeyRequest request, CancellationToken cancellation)
    {
        var key = new ApiKey(request.Id, request.Name, request.Role, DateTimeOffset.UnixEpoch, "anna", request.Until, request.PerMinute);
        All.Insert(0, key);
        return Task.FromResult(new NewApiKey($"siamese_{request.Id}_{request.Name}", key));
    }

    public Task<ImmutableArray<ApiKey>> List(CancellationToken cancellation) => Task.FromResult(All.ToImmutableArray());

    public Task<bool> Revoke(string idOrName, CancellationToken cancellation)
    {
        if (ApiKey.Find(All, idOrName) is not { } key)
            return Task.FromResult(false);
        All[All.IndexOf(key)] = key with { RevokedAt = key.RevokedAt ?? DateTimeOffset.UnixEpoch.AddDays(1) };
        return Task.FromResult(true);
    }

    public Task<Admission?> Admit(string key, CancellationToken cancellation) => Task.FromResult<Admission?>(null);
}
