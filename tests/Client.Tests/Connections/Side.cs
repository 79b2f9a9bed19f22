using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Tests.Connections;

/// <summary>One end of a connection in memory. It greets the other end, reads its greeting, and closes.</summary>
internal sealed class Side(string greeted, PipeReader input, PipeWriter output) : IDuplexPipe
{
    /// <summary>Why it was refused, or refused the other side.</summary>
    public string? Refusal { get; set; }

    /// <summary>What a silo sent with its welcome.</summary>
    public string? Ticket { get; private set; }

    public string Heard { get; private set; } = "";

    public PipeReader Input => input;

    public PipeWriter Output => output;

    /// <summary>Connects a client to a silo; each greets the other if the connection succeeds.</summary>
    public static async Task<(Side Client, Side Server)> Meet(IConnectionGuard client, IConnectionGuard server)
    {
        var (there, back) = (new Pipe(), new Pipe());
        var (opening, accepting) = (new Side("silo", back.Reader, there.Writer), new Side("client", there.Reader, back.Writer));
        var running = opening.Run(connections => client.Open(
            connections, ticket => opening.Ticket = Encoding.ASCII.GetString(ticket), (_, reason) => opening.Refusal = reason));
        await accepting.Run(connections => server.Accept(
            connections, certificate => Encoding.ASCII.GetBytes($"a ticket of {certificate?.Subject}"), (_, reason) => accepting.Refusal = reason));
        await running;
        return (opening, accepting);
    }

    public async Task Run(Action<IConnectionBuilder> secure)
    {
        var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        secure(builder);
        builder.Run(async context =>
        {
            await context.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes($"Hello, {greeted}"));
            var heard = await context.Transport.Input.ReadAsync();
            Heard = Encoding.ASCII.GetString(heard.Buffer.ToArray());
        });
        try
        {
            await builder.Build()(new DefaultConnectionContext("test", this, this));
        }
        catch (ConnectionAbortedException)
        {
            // As when a socket is closed.
        }

        await output.CompleteAsync();
    }
}
