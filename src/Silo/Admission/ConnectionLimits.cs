namespace Siamese.Silo.Admission;

/// <summary>How many connections a port of a silo keeps open.</summary>
/// <param name="Identified">Of peers that have identified themselves.</param>
/// <param name="Pending">Of peers that have not done so yet.</param>
/// <param name="PendingPerAddress">The same, of one address.</param>
internal sealed record ConnectionLimits(int Identified, int Pending, int PendingPerAddress)
{
    /// <summary>Descriptors that are kept for everything but connections. A silo has about 200 files open when it starts, mostly libraries, and more when it trains.</summary>
    public const int Reserve = 512;

    /// <summary>The room for connections if even fewer descriptors are left.</summary>
    private const int LeastRoom = 40;

    private static readonly ConnectionLimits _clients = new(2_000, 512, 128);
    private static readonly ConnectionLimits _silos = new(500, 128, 64);

    // All callers behind a proxy have its address.
    private static readonly ConnectionLimits _http = new(2_000, 1_024, 512);

    /// <summary>The limits for clients, for other silos, and for callers of the HTTP API: less than usual if the process may open few files.</summary>
    /// <param name="descriptors">The number of files and connections that it may have open; null for any number.</param>
    /// <param name="servesHttp">Whether it serves the HTTP API; if not, nothing is kept for that.</param>
    public static (ConnectionLimits Clients, ConnectionLimits Silos, ConnectionLimits Http) For(int? descriptors, bool servesHttp)
    {
        var room = descriptors is { } limit ? Math.Max(LeastRoom, limit - Reserve) : int.MaxValue;
        var http = servesHttp ? room / 5 * 2 : 0;
        return (_clients.Within(room - (room / 5) - http), _silos.Within(room / 5), _http.Within(http));
    }

    private ConnectionLimits Within(int room)
    {
        var pending = Math.Min(Pending, room / 2);
        return new(Math.Min(Identified, room - pending), pending, Math.Min(PendingPerAddress, (pending + 1) / 2));
    }
}
