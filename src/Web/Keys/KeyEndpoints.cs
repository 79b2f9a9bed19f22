using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Tuning;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Keys;

/// <summary>A key to add.</summary>
/// <param name="Name">What to call it, 1 to 60 characters.</param>
/// <param name="May">What its holder may do: `read`, `ask`, `teach`, `train` or `administer`.</param>
/// <param name="Id">Its id, 8 to 64 of the characters a to z and 0 to 9; invented by default. With an id, a repeated request adds no second key.</param>
/// <param name="Until">When it expires; never by default.</param>
/// <param name="PerMinute">Number of requests that are answered in a minute; 6,000 by default.</param>
internal sealed record KeyOrder(string Name, string May, string? Id = null, DateTimeOffset? Until = null, int? PerMinute = null);

/// <summary>A key, without its secret.</summary>
/// <param name="May">What its holder may do.</param>
/// <param name="MadeBy">Who added it.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
internal sealed record KeyDocument(
    string Id, string Name, string May, DateTimeOffset MadeAt, string? MadeBy, DateTimeOffset? Until, int PerMinute, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public static KeyDocument Of(ApiKey key) =>
        new(key.Id, key.Name, Words.Of(key.Role), key.MadeAt, key.MadeBy, key.Until, key.PerMinute, key.LastUsedAt, key.RevokedAt);
}

/// <summary>A new key.</summary>
/// <param name="Secret">What its holder sends in `Authorization: Bearer`. It is shown only now.</param>
internal sealed record NewKeyDocument(string Secret, KeyDocument Key);

/// <summary>Every key, the newest first.</summary>
internal sealed record KeysDocument(IReadOnlyList<KeyDocument> Keys);

/// <summary>Keys for this API.</summary>
internal static class KeyEndpoints
{
    private const int MaximumBody = 10_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/keys", List);
        api.MapPost("/keys", Add).Accepts<KeyOrder>("application/json").ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/keys/{id}", Get);
        api.MapDelete("/keys/{id}", Revoke);
    }

    /// <summary>Every key, those that were revoked too.</summary>
    [Needs(Role.Administer)]
    public static async Task<Ok<KeysDocument>> List(GrainCalls calls) => TypedResults.Ok(new KeysDocument([.. (await All(calls)).Select(KeyDocument.Of)]));

    /// <summary>A key, without its secret.</summary>
    [Needs(Role.Administer)]
    public static async Task<Ok<KeyDocument>> Get(string id, GrainCalls calls) =>
        TypedResults.Ok(KeyDocument.Of((await All(calls)).FirstOrDefault(key => key.Id == id) ?? throw Unknown(id)));

    /// <summary>
    /// Adds a key. Its secret is in the answer and nowhere else. With an id in the body, or else with the header `Idempotency-Key`,
    /// a repeated request adds no second key: it is a conflict, because the secret cannot be shown again.
    /// </summary>
    /// <param name="idempotencyKey">A key of your choice, 1 to 255 characters, the same for a request and its repetitions.</param>
    [Needs(Role.Administer)]
    public static async Task<Created<NewKeyDocument>> Add(HttpRequest request, GrainCalls calls, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey = null)
    {
        var order = await request.ReadJson<KeyOrder>(MaximumBody);
        var asked = new ApiKeyRequest(order.Id ?? IdempotencyKey.Id(request, idempotencyKey) ?? Guid.NewGuid().ToString("N"), order.Name, Words.Read<Role>("'may'", order.May)) { Until = order.Until };
        asked = order.PerMinute is { } perMinute ? asked with { PerMinute = perMinute } : asked;
        asked.Check();
        var added = await calls.Make((grains, cancellation) => grains.GetGrain<IKeyGrain>(0).Add(asked, cancellation));
        return TypedResults.Created($"keys/{added.Key.Id}", new NewKeyDocument(added.Text, KeyDocument.Of(added.Key)));
    }

    /// <summary>Revokes a key, which stops working within 2 minutes. A repeated request changes nothing.</summary>
    [Needs(Role.Administer)]
    public static async Task<NoContent> Revoke(string id, GrainCalls calls) =>
        await calls.Make((grains, cancellation) => grains.GetGrain<IKeyGrain>(0).Revoke(id, cancellation))
            ? TypedResults.NoContent()
            : throw Unknown(id);

    private static Task<ImmutableArray<ApiKey>> All(GrainCalls calls) => calls.Make((grains, cancellation) => grains.GetGrain<IKeyGrain>(0).List(cancellation));

    private static ProblemException Unknown(string id) => new(ProblemKind.NotFound, $"There is no key '{PlainText.Of(id)}'; GET keys lists all.");
}
