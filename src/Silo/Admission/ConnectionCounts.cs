using System.Net;
using Siamese.Contracts.Connections;

namespace Siamese.Silo.Admission;

/// <summary>
/// Counts the connections of a port, and decides which to close when there are too many. Peers that have not identified
/// themselves share few places; when these are taken, the one that has waited longest loses its place, because a genuine
/// peer needs it only for milliseconds. So a stranger who keeps connections open shuts nobody out.
/// </summary>
/// <param name="limits">The limits.</param>
internal sealed class ConnectionCounts(ConnectionLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, LinkedList<Place>> _pending = [];
    private int _pendingCount;
    private int _identifiedCount;

    /// <summary>A new connection.</summary>
    /// <param name="peer">Its remote address.</param>
    /// <param name="close">Closes it at once.</param>
    /// <param name="evicted">The connection that must be closed to make room for it; null for none.</param>
    /// <returns>Its place; null if it must be closed.</returns>
    public Place? Enter(EndPoint? peer, Action close, out Place? evicted)
    {
        var address = Group(peer);
        lock (_lock)
        {
            evicted = null;
            if (_identifiedCount >= limits.Identified)
                return null;
            evicted = PendingOf(address) >= limits.PendingPerAddress ? Oldest(address)
                : _pendingCount >= limits.Pending ? Oldest(_pending.MaxBy(entry => entry.Value.Count).Key)
                : null;
            if (evicted is not null)
                Remove(evicted, PlaceState.Evicted);
            var place = new Place(address, close);
            if (!_pending.TryGetValue(address, out var waiting))
                _pending[address] = waiting = [];
            waiting.AddLast(place.Node);
            _pendingCount++;
            return place;
        }
    }

    /// <summary>The peer has identified itself.</summary>
    /// <returns>Whether it may stay.</returns>
    public bool Identify(Place place)
    {
        lock (_lock)
        {
            if (place.State != PlaceState.Pending || _identifiedCount >= limits.Identified)
                return false;
            Remove(place, PlaceState.Identified);
            _identifiedCount++;
            return true;
        }
    }

    /// <summary>The connection has ended. Idempotent.</summary>
    public void Leave(Place place)
    {
        lock (_lock)
        {
            if (place.State == PlaceState.Pending)
                Remove(place, PlaceState.Left);
            else if (place.State == PlaceState.Identified)
                (_identifiedCount, place.State) = (_identifiedCount - 1, PlaceState.Left);
        }
    }

    private int PendingOf(IPAddress address) => _pending.TryGetValue(address, out var waiting) ? waiting.Count : 0;

    private Place Oldest(IPAddress address) => _pending[address].First!.Value;

    private void Remove(Place place, PlaceState state)
    {
        var waiting = _pending[place.Address];
        waiting.Remove(place.Node);
        if (waiting.Count == 0)
            _pending.Remove(place.Address);
        _pendingCount--;
        place.State = state;
    }

    private static IPAddress Group(EndPoint? peer) => peer is IPEndPoint { Address: var address } ? PeerNetwork.Of(address) : IPAddress.None;
}
