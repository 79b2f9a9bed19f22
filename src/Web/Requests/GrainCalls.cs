using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Web.Access;

namespace Siamese.Web.Requests;

/// <summary>Calls grains on behalf of whoever sends the current request.</summary>
internal sealed class GrainCalls(IGrainFactory grains, IHttpContextAccessor http, ICallEnds? ends = null)
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Ends when the sender has left.</summary>
    public CancellationToken Ended => Context.RequestAborted;

    /// <summary>
    /// What ends a call when the sender leaves: nothing ends calls of a request that changes something, because they might leave
    /// half of their work behind.
    /// </summary>
    private CancellationToken End => HttpMethods.IsGet(Context.Request.Method) || Context.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Role <= Role.Ask ? Ended : CancellationToken.None;

    /// <summary>Makes a call with the sender's ticket. If the sender leaves, nobody waits for it any more.</summary>
    public async Task<T> Make<T>(Func<IGrainFactory, CancellationToken, Task<T>> call)
    {
        var visit = Context.Features.Get<Visit>() ?? throw new InvalidOperationException("Nobody was admitted.");
        var admission = await visit.Current(Ended);
        // For this flow of control only: whatever else happens in the request is not done with the ticket.
        ClientAccess.CallWith(admission.Ticket);
        var end = End;
        using var _ = end.CanBeCanceled ? ends?.EndWith(end) : null;
        return await call(grains, end).WaitAsync(Ended);
    }

    /// <inheritdoc cref="Make{T}"/>
    public Task Make(Func<IGrainFactory, CancellationToken, Task> call) => Make(async (cluster, cancellation) =>
    {
        await call(cluster, cancellation);
        return true;
    });
}
