using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Connections;
using Siamese.Web.Access;

namespace Siamese.Web.Requests;

/// <summary>Calls grains on behalf of whoever sends the current request.</summary>
internal sealed class GrainCalls(IGrainFactory grains, IHttpContextAccessor http, ICallEnds? ends = null)
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Ends when the sender has left.</summary>
    public CancellationToken Ended => Context.RequestAborted;

    /// <summary>Makes a call with the sender's ticket; it is cancelled when the sender leaves.</summary>
    public async Task<T> Make<T>(Func<IGrainFactory, CancellationToken, Task<T>> call)
    {
        var visit = Context.Features.Get<Visit>() ?? throw new InvalidOperationException("Nobody was admitted.");
        var admission = await visit.Current(Ended);
        // For this flow of control only: whatever else happens in the request is not done with the ticket.
        ClientAccess.CallWith(admission.Ticket);
        using var _ = ends?.EndWith(Ended);
        return await call(grains, Ended).WaitAsync(Ended);
    }

    /// <inheritdoc cref="Make{T}"/>
    public Task Make(Func<IGrainFactory, CancellationToken, Task> call) => Make(async (cluster, cancellation) =>
    {
        await call(cluster, cancellation);
        return true;
    });
}
