using System.Net;
using System.Net.Sockets;
using Siamese.Client.Connections;

namespace Siamese.Client.Tests.Connections;

public sealed class ConnectorTests
{
    [Fact]
    public async Task A_silo_that_refuses_connections_is_named_and_exits_with_3()
    {
        var clock = new SkippingClock();
        using var client = new ClientRun { Connector = new Connector(TextWriter.Null, clock) };
        var port = UnusedPort();

        Assert.Equal(3, await client.Run("status", "--silo", $"127.0.0.1:{port}"));
        Assert.Equal($"No answer from the silo at 127.0.0.1:{port} within 20 s.\n", client.Error);
    }

    [Fact]
    public async Task An_unknown_host_is_named_and_exits_with_3()
    {
        using var client = new ClientRun { Connector = new Connector(TextWriter.Null, new SkippingClock()) };

        Assert.Equal(3, await client.Run("status", "--silo", "no.such.host.invalid:30000"));
        Assert.Equal("Cannot resolve host 'no.such.host.invalid' (--silo no.such.host.invalid:30000).\n", client.Error);
    }

    [Fact]
    public async Task Of_many_gateways_those_that_listen_are_found_at_once()
    {
        using var alive = new TcpListener(IPAddress.Loopback, 0);
        alive.Start();
        // Nobody answers in a network that is reserved for documentation (RFC 5737).
        IPEndPoint[] dead = [.. Enumerable.Range(1, 250).Select(i => new IPEndPoint(IPAddress.Parse($"192.0.2.{i}"), 30000)), .. Enumerable.Range(0, 50).Select(_ => new IPEndPoint(IPAddress.Loopback, UnusedPort()))];
        var began = TimeProvider.System.GetTimestamp();

        Assert.Equal([(IPEndPoint)alive.LocalEndpoint], await ListeningGateways.Among([.. dead, (IPEndPoint)alive.LocalEndpoint], TimeProvider.System, CancellationToken.None));
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(15), "They were not tried at once.");
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
