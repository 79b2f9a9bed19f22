using System.IO.Pipelines;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Testing.Certificates;

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
        var (client, server) = await Meet(Client("ask"), Silo());

        Assert.Equal((null, null), (client.Refusal, server.Refusal));
        Assert.Equal("a ticket of CN=client", client.Ticket);
        Assert.Equal("Hello, silo", server.Heard);
        Assert.Equal("Hello, client", client.Heard);
    }

    [Fact]
    public async Task A_connection_without_TLS_is_refused()
    {
        var (there, back) = (new Pipe(), new Pipe());
        var (plain, silo) = (new Side("silo", back.Reader, there.Writer), new Side("client", there.Reader, back.Writer));
        var running = plain.Run(_ => { });
        await silo.Run(connections => Silo().Accept(connections, _ => [], (_, reason) => silo.Refusal = reason));
        await running;

        Assert.NotNull(silo.Refusal);
        Assert.Equal("", silo.Heard);
    }

    [Fact]
    public async Task A_client_of_another_authority_is_refused_with_a_message()
    {
        var stranger = _other.Issue("stranger", "administer");
        // It trusts the silo, but the silo does not trust it.
        stranger = stranger with { Authority = _other.Write("both.pem", File.ReadAllText(_other.File) + "\n" + File.ReadAllText(_authority.File)) };

        var (client, server) = await Meet(Load(stranger, isSilo: false), Silo());

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
            var (client, _) = await Meet(Client("ask"), Load(authority.Issue("silo", "silo"), isSilo: true));

            Assert.Equal("the certificate of 'CN=silo' was not issued by the stated authority", client.Refusal);
        }
    }

    [Theory]
    [InlineData("administer", null, "the certificate of 'CN=client' is not valid for this use")]
    [InlineData("administer", "both", "the certificate of 'CN=client' lacks the name siamese://siamese/silo")]
    public async Task A_clients_certificate_opens_no_connection_between_silos(string kind, string? uses, string refusal)
    {
        var client = _authority.Issue("client", kind, uses: uses is null ? null : TestAuthority.OfSilos);
        var (_, server) = await Meet(Load(client, isSilo: false), Silo().BetweenSilos);
        Assert.Equal(refusal, server.Refusal);

        (_, server) = await Meet(Load(_authority.Issue("peer", "silo"), isSilo: true), Silo().BetweenSilos);
        Assert.Null(server.Refusal);
    }

    [Fact]
    public async Task A_clients_certificate_does_not_make_a_silo()
    {
        var (client, _) = await Meet(Client("ask"), Load(_authority.Issue("impostor", "administer"), isSilo: false));
        Assert.Equal("the certificate of 'CN=impostor' is not valid for this use", client.Refusal);

        (client, _) = await Meet(Client("ask"), Load(_authority.Issue("impostor", "administer", uses: TestAuthority.OfSilos), isSilo: false));
        Assert.Equal("the certificate of 'CN=impostor' lacks the name siamese://siamese/silo", client.Refusal);
    }

    [Fact]
    public async Task A_silos_certificate_does_not_make_a_client()
    {
        var (client, server) = await Meet(Load(_authority.Issue("silo", "silo"), isSilo: true), Silo());

        Assert.Equal("the certificate of 'CN=silo' lacks the name siamese://siamese/read or ask or teach or train or administer", server.Refusal);
        Assert.Equal(server.Refusal, client.Refusal);
    }

    /// <summary>Its holder would count as the caller who uses the key.</summary>
    [Fact]
    public void A_certificate_with_the_name_of_a_key_is_refused() =>
        Refuses(_authority.Issue("key:anna", "ask"), "the certificate of 'CN=key:anna' has a name that begins with 'key:', as only callers with keys have", isSilo: false);

    [Fact]
    public async Task A_certificate_for_another_cluster_is_refused()
    {
        var elsewhere = MutualTls.Load(_authority.Issue("client", "administer", cluster: "other"), "other", isSilo: false);
        var (client, _) = await Meet(elsewhere, Silo());
        // The client refuses first: the silo is not of its cluster.
        Assert.Equal("the certificate of 'CN=silo' lacks the name siamese://other/silo", client.Refusal);

        Refuses(_authority.Issue("client", "administer", cluster: "other"), "lacks the name siamese://siamese/", isSilo: false);
    }

    [Fact]
    public void Invalid_files_are_bad_input_and_named()
    {
        var good = Some("silo", "silo");
        var empty = _authority.Write("empty.pem", "");
        var rubbish = _authority.Write("rubbish.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        Refuses(good with { Certificate = "/no/such.pem" }, "--tls-certificate: '/no/such.pem' cannot be read");
        Refuses(good with { Key = "/no/such.key" }, "--tls-key: '/no/such.key' cannot be read");
        Refuses(good with { Authority = Path.GetTempPath() }, "--tls-authority: '");
        Refuses(good with { Certificate = empty }, $"'{empty}' contains no PEM certificate");
        Refuses(good with { Authority = rubbish }, $"'{rubbish}' is not a PEM file of certificates");
        Refuses(good with { Key = Some("other", "silo").Key }, "is not the unencrypted private key of the certificate in");
        Refuses(good with { Authority = _other.File }, "was not issued by the authority in");
        Refuses(_authority.Issue("old", "silo", daysLeft: -1), "old.pem' is valid only from ");
        Refuses(_authority.Issue("nameless", kind: null, uses: TestAuthority.OfSilos), "the certificate of 'CN=nameless' lacks the name siamese://siamese/silo");
        Refuses(_authority.Issue("useless", "silo", uses: []), "the certificate of 'CN=useless' does not state the extended key usage of a silo");
    }

    [Fact]
    public async Task Replaced_files_are_used_for_later_connections_and_unusable_ones_are_not()
    {
        var time = new FakeTimeProvider();
        var files = Some("silo", "silo");
        var silo = MutualTls.Load(files, ClusterNames.DefaultClusterId, isSilo: true, time: time);
        var (known, stranger) = (Client("ask"), Load(_other.Issue("client", "ask"), isSilo: false));
        Assert.Null((await Meet(known, silo)).Server.Refusal);
        Assert.NotNull((await Meet(stranger, silo)).Server.Refusal);

        // Certificate first, key later, as somebody copies them.
        var others = _other.Issue("silo", "silo");
        File.Copy(others.Certificate, files.Certificate, overwrite: true);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null((await Meet(known, silo)).Server.Refusal);
        Assert.Contains("is not the unencrypted private key of the certificate", silo.Problem, StringComparison.Ordinal);

        File.Copy(others.Key, files.Key, overwrite: true);
        File.Copy(others.Authority, files.Authority, overwrite: true);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null((await Meet(stranger, silo)).Server.Refusal);
        Assert.NotNull((await Meet(known, silo)).Server.Refusal);
        Assert.Null(silo.Problem);
    }

    [Fact]
    public async Task A_denied_certificate_is_refused_as_soon_as_the_list_is_read_again()
    {
        var time = new FakeTimeProvider();
        var (client, peer) = (Some("client", "administer"), Some("peer", "silo"));
        var list = _authority.Write("denied", "# nobody yet\n\n");
        var silo = MutualTls.Load(Some("silo", "silo"), ClusterNames.DefaultClusterId, isSilo: true, new DenyList(list, time));
        var (asClient, asPeer) = (Load(client, isSilo: false), Load(peer, isSilo: true));
        Assert.Null((await Meet(asClient, silo)).Server.Refusal);

        await File.WriteAllTextAsync(list, $"serial={Serial(client)}  # left\n{Serial(peer).ToLowerInvariant()}\n");
        Assert.Null((await Meet(asClient, silo)).Server.Refusal);
        time.Advance(TimeSpan.FromSeconds(6));

        var refused = await Meet(asClient, silo);
        Assert.Equal($"the certificate of 'CN=client' with the serial number {Serial(client)} is no longer accepted", refused.Server.Refusal);
        Assert.Equal(refused.Server.Refusal, refused.Client.Refusal);
        // Between silos, in both directions.
        Assert.EndsWith("is no longer accepted", (await Meet(asPeer, silo.BetweenSilos)).Server.Refusal, StringComparison.Ordinal);
        Assert.EndsWith("is no longer accepted", (await Meet(silo, asPeer.BetweenSilos)).Client.Refusal, StringComparison.Ordinal);
        Assert.Null((await Meet(Client("ask"), silo)).Server.Refusal);

        static string Serial(TlsFiles files) => X509CertificateLoader.LoadCertificateFromFile(files.Certificate).SerialNumber;
    }

    [Fact]
    public void An_unusable_deny_list_is_refused_and_later_ignored()
    {
        var time = new FakeTimeProvider();
        var list = _authority.Write("denied", "0A:bc\n");
        var denied = new DenyList(list, time);
        Assert.True(denied.Holds("0ABC") && denied.Holds("abc") && !denied.Holds("0ABCD"));

        File.WriteAllText(list, "0ABC\nCN=client\n");
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.True(denied.Holds("0ABC"));
        Assert.StartsWith($"--tls-denied: line 2 of '{list}' is not a serial number", denied.Problem, StringComparison.Ordinal);
        Assert.Throws<BadInputException>(() => new DenyList(list, time));
        Assert.Throws<BadInputException>(() => new DenyList("/no/such/list", time));
    }

    [Fact]
    public void Either_all_three_files_are_stated_or_none()
    {
        Assert.Null(TlsFiles.Of(null, "", null));
        Assert.Equal(new TlsFiles("c", "k", "a"), TlsFiles.Of("c", "k", "a"));
        Assert.Contains("--tls-key is missing", Assert.Throws<BadInputException>(() => TlsFiles.Of("c", null, "a")).Message, StringComparison.Ordinal);
    }

    private static void Refuses(TlsFiles files, string because, bool isSilo = true) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => Load(files, isSilo)).Message, StringComparison.Ordinal);

    private static MutualTls Load(TlsFiles files, bool isSilo) => MutualTls.Load(files, ClusterNames.DefaultClusterId, isSilo);

    private TlsFiles Some(string name, string kind) => _authority.Issue(name, kind);

    private MutualTls Client(string role) => Load(Some("client", role), isSilo: false);

    private MutualTls Silo() => Load(Some("silo", "silo"), isSilo: true);

    /// <summary>Connects a client to a silo in memory; each greets the other if the connection succeeds.</summary>
    private static Task<(Side Client, Side Server)> Meet(IConnectionGuard client, IConnectionGuard server) => Side.Meet(client, server);
}
