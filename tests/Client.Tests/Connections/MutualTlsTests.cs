using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Siamese.Contracts;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Tests.Connections;

public sealed class MutualTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new("another authority");

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Client_and_silo_with_certificates_of_one_authority_can_connect()
    {
        var (client, server) = await Meet(Some("client", TestAuthority.OfClients), Some("silo", TestAuthority.OfSilos), ofSilosOnly: false);

        Assert.Equal((null, null), (client.Refusal, server.Refusal));
        Assert.Equal("Hello, silo", server.Heard);
        Assert.Equal("Hello, client", client.Heard);
    }

    [Fact]
    public async Task A_connection_without_TLS_is_refused()
    {
        var (there, back) = (new Pipe(), new Pipe());
        var (plain, silo) = (new Side("silo", back.Reader, there.Writer), new Side("client", there.Reader, back.Writer));
        var running = plain.Run(_ => { });
        await silo.Run(connections => MutualTls.Load(Some("silo", TestAuthority.OfSilos)).Accept(connections, false, (_, reason) => silo.Refusal = reason));
        await running;

        Assert.NotNull(silo.Refusal);
        Assert.Equal("", silo.Heard);
    }

    [Fact]
    public async Task A_client_of_another_authority_is_refused_with_a_message()
    {
        var stranger = _other.Issue("stranger", TestAuthority.OfClients);
        // It trusts the silo, but the silo does not trust it.
        stranger = stranger with { Authority = _other.Write("both.pem", File.ReadAllText(_other.File) + "\n" + File.ReadAllText(_authority.File)) };

        var (client, server) = await Meet(stranger, Some("silo", TestAuthority.OfSilos), ofSilosOnly: false);

        Assert.Equal("the silo rejected the certificate that was presented to it", client.Refusal);
        Assert.Equal("the certificate of 'CN=stranger' was not issued by the stated authority", server.Refusal);
        Assert.Equal(("", ""), (client.Heard, server.Heard));
    }

    [Fact]
    public async Task A_silo_of_another_authority_is_not_trusted()
    {
        using var namesake = new TestAuthority();
        foreach (var authority in new[] { _other, namesake })
        {
            var (client, _) = await Meet(Some("client", TestAuthority.OfClients), authority.Issue("silo", TestAuthority.OfSilos), ofSilosOnly: false);

            Assert.Equal("the certificate of 'CN=silo' was not issued by the stated authority", client.Refusal);
        }
    }

    [Fact]
    public async Task A_clients_certificate_opens_no_connection_between_silos()
    {
        var (_, server) = await Meet(Some("client", TestAuthority.OfClients), Some("silo", TestAuthority.OfSilos), ofSilosOnly: true);
        Assert.Equal("the certificate of 'CN=client' is not valid for this use", server.Refusal);

        (_, server) = await Meet(Some("peer", TestAuthority.OfSilos), Some("silo", TestAuthority.OfSilos), ofSilosOnly: true);
        Assert.Null(server.Refusal);
    }

    [Fact]
    public async Task A_clients_certificate_does_not_make_a_silo()
    {
        var (client, _) = await Meet(Some("client", TestAuthority.OfClients), Some("impostor", TestAuthority.OfClients), ofSilosOnly: false);

        Assert.Equal("the certificate of 'CN=impostor' is not valid for this use", client.Refusal);
    }

    [Fact]
    public void Invalid_files_are_bad_input_and_named()
    {
        var good = Some("silo", TestAuthority.OfSilos);
        var empty = _authority.Write("empty.pem", "");
        var rubbish = _authority.Write("rubbish.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        Refuses(good with { Certificate = "/no/such.pem" }, "--tls-certificate: '/no/such.pem' cannot be read");
        Refuses(good with { Key = "/no/such.key" }, "--tls-key: '/no/such.key' cannot be read");
        Refuses(good with { Authority = Path.GetTempPath() }, "--tls-authority: '");
        Refuses(good with { Certificate = empty }, $"'{empty}' contains no PEM certificate");
        Refuses(good with { Authority = rubbish }, $"'{rubbish}' is not a PEM file of certificates");
        Refuses(good with { Key = Some("other", TestAuthority.OfSilos).Key }, "is not the unencrypted private key of the certificate in");
        Refuses(good with { Authority = _other.File }, "was not issued by the authority in");
        Refuses(_authority.Issue("old", TestAuthority.OfSilos, daysLeft: -1), "old.pem' is valid only from ");
    }

    [Fact]
    public void Either_all_three_files_are_stated_or_none()
    {
        Assert.Null(TlsFiles.Of(null, "", null));
        Assert.Equal(new TlsFiles("c", "k", "a"), TlsFiles.Of("c", "k", "a"));
        Assert.Contains("--tls-key is missing", Assert.Throws<BadInputException>(() => TlsFiles.Of("c", null, "a")).Message, StringComparison.Ordinal);
    }

    private static void Refuses(TlsFiles files, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => MutualTls.Load(files)).Message, StringComparison.Ordinal);

    private TlsFiles Some(string name, string[] uses) => _authority.Issue(name, uses);

    /// <summary>Connects a client to a silo in memory; each greets the other if the connection succeeds.</summary>
    private static async Task<(Side Client, Side Server)> Meet(TlsFiles client, TlsFiles server, bool ofSilosOnly)
    {
        var (there, back) = (new Pipe(), new Pipe());
        var (opening, accepting) = (new Side("silo", back.Reader, there.Writer), new Side("client", there.Reader, back.Writer));
        var running = opening.Run(connections => MutualTls.Load(client).Open(connections, (_, reason) => opening.Refusal = reason));
        await accepting.Run(connections => MutualTls.Load(server).Accept(connections, ofSilosOnly, (_, reason) => accepting.Refusal = reason));
        await running;
        return (opening, accepting);
    }

    /// <summary>One end of a connection. It greets the other end, reads its greeting, and closes.</summary>
    private sealed class Side(string greeted, PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public string? Refusal { get; set; }

        public string Heard { get; private set; } = "";

        public PipeReader Input => input;

        public PipeWriter Output => output;

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
}
