using System.Net;

namespace Siamese.Silo.Admission;

/// <summary>What has become of a connection.</summary>
internal enum PlaceState
{
    /// <summary>Its peer has not identified itself yet.</summary>
    Pending,

    /// <summary>Its peer has identified itself.</summary>
    Identified,

    /// <summary>Its place was given to another connection.</summary>
    Evicted,

    /// <summary>It has ended.</summary>
    Left,
}

/// <summary>The place that a connection takes among those of its port.</summary>
internal sealed class Place
{
    /// <param name="address">Its remote address.</param>
    /// <param name="close">Closes the connection at once.</param>
    public Place(IPAddress address, Action close) => (Address, Close, Node) = (address, close, new(this));

    public IPAddress Address { get; }

    public Action Close { get; }

    public LinkedListNode<Place> Node { get; }

    public PlaceState State { get; set; }
}
