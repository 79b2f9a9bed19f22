namespace Siamese.Web.Requests;

/// <summary>
/// Ends the calls of grains that are made for a request when the request ends. An application that is a client of the cluster
/// needs none: the cluster ends its calls.
/// </summary>
public interface ICallEnds
{
    /// <summary>The calls that follow in this flow of control are made for a request.</summary>
    /// <param name="ended">Cancelled when the sender of the request has left.</param>
    /// <returns>To be disposed when they have ended.</returns>
    IDisposable EndWith(CancellationToken ended);
}
