using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;

namespace Siamese.Web.Access;

/// <summary>Who sends the current request. An answer may take hours, so what he may do is asked again from time to time.</summary>
/// <param name="first">What he may do at first.</param>
/// <param name="again">Asks again; null if he may do nothing any more.</param>
/// <param name="time">The time.</param>
internal sealed class Visit(Admission first, Func<CancellationToken, Task<Admission?>> again, TimeProvider time)
{
    /// <summary>How long before a ticket ends another is needed: calls may take that long.</summary>
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(1);

    public Admission Admission { get; private set; } = first;

    /// <summary>Id of the key of a request's sender; its address if it needs no key.</summary>
    public static string CallerOf(HttpContext request) =>
        request.Features.Get<Visit>()?.Admission.Key ?? (request.Connection.RemoteIpAddress is { } address ? PeerNetwork.Of(address).ToString() : "");

    /// <summary>A ticket for the next call.</summary>
    /// <exception cref="RefusedException">The key was revoked or has expired.</exception>
    public async ValueTask<Admission> Current(CancellationToken cancellation)
    {
        if (Admission.Until - time.GetUtcNow() < _margin)
            Admission = await again(cancellation) ?? throw new RefusedException("The key was revoked or has expired; ask an administrator for another.");
        return Admission;
    }
}
