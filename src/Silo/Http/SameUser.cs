using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Access;
using Siamese.Silo.Access;
using Siamese.Web.Access;

namespace Siamese.Silo.Http;

/// <summary>
/// Admits programs of this silo's own user, and of root, without a key, if they connect on loopback. Other users of the machine
/// need a key, and so do requests that a proxy marks as forwarded. One that does not, and that runs as the silo's user or root,
/// must be stated with `--http-proxy`.
/// </summary>
internal sealed class SameUser(Tickets tickets, TimeProvider time) : IKeylessAccess
{
    private const uint Root = 0;

    private static readonly TimeSpan _term = TimeSpan.FromMinutes(3);

    /// <summary>A ticket is handed out again while it is valid for this long.</summary>
    private static readonly TimeSpan _least = TimeSpan.FromMinutes(2);

    private static readonly object _isOwn = new();

    /// <summary>What proxies add to requests.</summary>
    private static readonly string[] _ofProxies = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    private Contracts.Access.Admission? _last;

    /// <inheritdoc/>
    public Contracts.Access.Admission? Admit(HttpContext request)
    {
        if (!IsOwn(request) || _ofProxies.Any(request.Request.Headers.ContainsKey))
            return null;
        var now = time.GetUtcNow();
        if (_last is { } last && last.Until - now >= _least)
            return last;
        var user = Caller.OfThisMachine with { Until = now + _term };
        return _last = new Contracts.Access.Admission(user.Key, user.Name, user.Role, ApiKeyRequest.MaximumPerMinute, now + _term, ImmutableArray.Create(tickets.Issue(user)));
    }

    /// <summary>Whether the connection is one of this user. Remembered with the connection.</summary>
    private static bool IsOwn(HttpContext request)
    {
        var items = request.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items?.TryGetValue(_isOwn, out var known) == true)
            return known is true;
        var isOwn = IsOwn(request.Connection);
        if (items is not null)
            items[_isOwn] = isOwn;
        return isOwn;
    }

    private static bool IsOwn(ConnectionInfo connection) =>
        connection is { RemoteIpAddress: { } from, LocalIpAddress: { } to } && IPAddress.IsLoopback(from)
        && SocketOwner.Of(new(from, connection.RemotePort), new(to, connection.LocalPort)) is { } user && (user == SocketOwner.Own || user == Root);
}
