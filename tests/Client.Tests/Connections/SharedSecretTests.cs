using System.IO.Pipelines;
using System.Text;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Tests.Connections;

public sealed class SharedSecretTests
{
    [Fact]
    public async Task Sides_that_know_the_secret_connect()
    {
        var (client, server) = await Side.Meet(Secret("s"), Secret("s"));

        Assert.Equal((null, null), (client.Refusal, server.Refusal));
        Assert.Equal(("Hello, client", "Hello, silo", "a ticket of "), (client.Heard, server.Heard, client.Ticket));
    }

    [Fact]
    public async Task A_silo_with_another_secret_learns_nothing()
    {
        var (client, server) = await Side.Meet(Secret("s"), Secret("t"));

        Assert.StartsWith("the silo has another secret", client.Refusal, StringComparison.Ordinal);
        Assert.NotNull(server.Refusal);
        Assert.Equal(("", "", null), (client.Heard, server.Heard, client.Ticket));
    }

    /// <summary>A client that skips its own check of the silo.</summary>
    [Fact]
    public async Task A_client_that_does_not_know_the_secret_is_refused()
    {
        var (there, back) = (new Pipe(), new Pipe());
        var silo = new Side("client", there.Reader, back.Writer);
        var running = silo.Run(connections => Secret("s").Accept(connections, _ => throw new InvalidOperationException("Admitted."), (_, reason) => silo.Refusal = reason));
        await there.Writer.WriteAsync((byte[])[.. "siamese1"u8, .. new byte[32]]);
        await back.Reader.ReadAtLeastAsync(64);
        await there.Writer.WriteAsync(new byte[32]);
        await running;

        Assert.Equal("it does not know the secret", silo.Refusal);
        Assert.Equal("", silo.Heard);
    }

    [Fact]
    public async Task Whoever_greets_in_another_way_is_refused()
    {
        var (there, back) = (new Pipe(), new Pipe());
        var silo = new Side("client", there.Reader, back.Writer);
        var running = silo.Run(connections => Secret("s").Accept(connections, _ => [], (_, reason) => silo.Refusal = reason));
        await there.Writer.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost:30000\r\n\r\n"));
        await running;

        Assert.Equal("it does not greet as a Siamese client of this build does; it may use TLS", silo.Refusal);
    }

    [Fact]
    public async Task A_probe_of_the_port_is_not_reported()
    {
        var (there, back) = (new Pipe(), new Pipe());
        var silo = new Side("client", there.Reader, back.Writer);
        var running = silo.Run(connections => Secret("s").Accept(connections, _ => [], (_, reason) => silo.Refusal = reason));
        await there.Writer.CompleteAsync();
        await running;

        Assert.Null(silo.Refusal);
        Assert.Equal("", silo.Heard);
    }

    private static SharedSecret Secret(string text) => new(() => Encoding.UTF8.GetBytes(text));
}
