using System.Collections.Concurrent;
using Siamese.Silo.Admission;
using Siamese.Web.Requests;

namespace Siamese.Silo.Http;

/// <summary>
/// Ends the calls of senders of requests who have left. Orleans tells the grain itself that a call is cancelled, but of a grain
/// with several activations, such as those that answer verdicts, it tells any of them and not the one that has the call. These
/// are on the silo that got the request, so the call is found here by a number that goes along with it.
/// </summary>
/// <param name="time">The time.</param>
internal sealed class LeftRequests(TimeProvider time) : IIncomingGrainCallFilter, ICallEnds
{
    private const string Name = "siamese.request";

    /// <summary>How long a request whose sender has left is remembered: its last call may be on its way.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, CancellationToken> _requests = [];

    public IDisposable EndWith(CancellationToken ended)
    {
        // Chosen here and not guessable: a client that sends one ends nobody else's calls.
        var request = Guid.NewGuid();
        _requests[request] = ended;
        RequestContext.Set(Name, request);
        return new Request(this, request, ended);
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (RequestContext.Get(Name) is not Guid request || !_requests.TryGetValue(request, out var ended) || !context.Request.IsCancellable || Changes.Are(context.InterfaceMethod))
        {
            await context.Invoke();
            return;
        }

        using var _ = ended.UnsafeRegister(static call => ((IIncomingGrainCallContext)call!).Request.TryCancel(), context);
        await context.Invoke();
    }

    private async Task Forget(Guid request)
    {
        await Task.Delay(_memory, time);
        _requests.TryRemove(request, out _);
    }

    private sealed class Request(LeftRequests requests, Guid id, CancellationToken ended) : IDisposable
    {
        public void Dispose()
        {
            if (ended.IsCancellationRequested)
                requests.Forget(id).Ignore();
            else
                requests._requests.TryRemove(id, out _);
        }
    }
}
