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
        Assert.Equal($"No answer from the silo at 127.0.0.1:{port} within 10 s.\n", client.Error);
    }

    [Fact]
    public async Task An_unknown_host_is_named_and_exits_with_3()
    {
        using var client = new ClientRun { Connector = new Connector(TextWriter.Null, new SkippingClock()) };

        Assert.Equal(3, await client.Run("status", "--silo", "no.such.host.invalid:30000"));
        Assert.Equal("Cannot resolve host 'no.such.host.invalid' (--silo no.such.host.invalid:30000).\n", client.Error);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
