using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Grains.Telemetry;

namespace Siamese.Silo.Admission;

/// <summary>Keeps the connections of a port within its limits, and logs and counts those that are refused.</summary>
internal sealed partial class ConnectionGate : IDisposable
{
    /// <summary>How long a peer that has proved who it is may take to identify itself to Orleans.</summary>
    public static readonly TimeSpan IdentificationLimit = TimeSpan.FromSeconds(5);

    private const int LinesPerWindow = 5;

    private readonly Peers _peers;
    private readonly ConnectionLimits _limits;
    private readonly ConnectionCounts _counts;
    private readonly LineLimit _lines;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <param name="peers">Who connects there.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="logger">Where refusals are logged.</param>
    /// <param name="time">The time.</param>
    public ConnectionGate(Peers peers, ConnectionLimits limits, ILogger logger, TimeProvider time)
    {
        (_peers, _limits, _counts, _logger, _time) = (peers, limits, new(limits), logger, time);
        _lines = new(LinesPerWindow, omitted => LogOmitted(logger, omitted, Served), time);
    }

    /// <summary>Gives a new connection a place, if necessary by closing another.</summary>
    /// <returns>The connection; null if there is no place for it: then it is closed.</returns>
    public ConnectionContext? Enter(ConnectionContext connection) => TryEnter(connection) is { } place ? new LimitedConnection(connection, () => _counts.Leave(place)) : null;

    /// <summary>Serves a connection of a server that accepts and closes its connections itself. Its peer has identified itself once <see cref="Keep"/> was called.</summary>
    /// <param name="serve">Serves it.</param>
    public ConnectionDelegate Limit(ConnectionDelegate serve) => async connection =>
    {
        if (TryEnter(connection) is not { } place)
            return;
        try
        {
            await serve(connection);
        }
        finally
        {
            _counts.Leave(place);
        }
    };

    /// <summary>The peer has identified itself.</summary>
    /// <returns>Null, or why its connection must be closed nevertheless.</returns>
    public string? Keep(Place place) =>
        place.State == PlaceState.Identified || _counts.Identify(place) ? null : place.State == PlaceState.Evicted ? "Its place was needed." : Full;

    private Place? TryEnter(ConnectionContext connection)
    {
        var place = _counts.Enter(connection.RemoteEndPoint, () => connection.Abort(new("Its place was needed.")), out var evicted);
        if (evicted is not null)
        {
            Log(evicted.Address, ConnectionRefusal.Crowded, $"too many connections have not identified themselves ({_limits.PendingPerAddress} of one address, {_limits.Pending} of all), and it was the oldest");
            evicted.Close();
        }

        if (place is null)
        {
            Log(connection.RemoteEndPoint, ConnectionRefusal.Full, Full);
            connection.Abort(new("There is no place for it."));
            return null;
        }

        connection.Features.Set(place);
        return place;
    }

    /// <summary>Logs and counts a connection whose peer did not prove who it is. One that was closed to make room has been logged.</summary>
    public void Refused(ConnectionContext connection, string reason)
    {
        if (PlaceOf(connection) is not { State: PlaceState.Evicted })
            Log(connection.RemoteEndPoint, ConnectionRefusal.Handshake, reason);
    }

    /// <summary>Waits until the peer, which has proved who it is, identifies itself to Orleans. Runs between the guard and Orleans.</summary>
    /// <param name="serve">Serves the connection; takes what the peer sent to identify itself. Returns null, and serves nothing, if the identity is not allowed.</param>
    public ConnectionDelegate Identify(Func<ConnectionContext, byte[], Task?> serve) => async connection =>
    {
        byte[]? preamble;
        using (var limit = new CancellationTokenSource(IdentificationLimit, _time))
        {
            try
            {
                preamble = await Preamble.Arrives(connection.Transport.Input, limit.Token)
                    ?? throw Refuse(connection, ConnectionRefusal.Preamble, "it did not identify itself as Orleans requires");
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw Refuse(connection, ConnectionRefusal.Preamble, "it took too long to identify itself");
            }
        }

        if (PlaceOf(connection) is { } place && !_counts.Identify(place))
            throw place.State == PlaceState.Evicted ? new ConnectionAbortedException("Its place was needed.") : Refuse(connection, ConnectionRefusal.Full, Full);
        await (serve(connection, preamble) ?? throw Refuse(connection, ConnectionRefusal.Preamble, "it took an identity that clients do not have"));
    };

    public void Dispose() => _lines.Dispose();

    private string Served => _peers switch
    {
        Peers.Clients => "clients",
        Peers.Silos => "silos",
        _ => "callers over HTTP",
    };

    private string Full => $"the silo already serves {_limits.Identified} {Served}";

    private static Place? PlaceOf(ConnectionContext connection) => connection.Features.Get<Place>();

    private ConnectionAbortedException Refuse(ConnectionContext connection, ConnectionRefusal kind, string reason)
    {
        Log(connection.RemoteEndPoint, kind, reason);
        var failure = new ConnectionAbortedException(reason);
        connection.Abort(failure);
        return failure;
    }

    private void Log(object? peer, ConnectionRefusal kind, string reason)
    {
        SiameseMetrics.ConnectionRefused(_peers, kind);
        if (_lines.Admits(reason))
            LogRefused(_logger, peer, PlainText.Of(reason));
    }

    [LoggerMessage(LogLevel.Warning, "A connection from {Peer} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, object? peer, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} more connections of {Peers} were refused in the last 10 seconds")]
    private static partial void LogOmitted(ILogger logger, long count, string peers);
}
