using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Silo;
using Siamese.Silo.Addresses;
using Siamese.Silo.Options;
using Siamese.Testing.Certificates;
using Siamese.Testing.Postgres;

namespace Siamese.Web.Tests.Access;

/// <summary>The HTTP API of a silo that other machines can reach.</summary>
public sealed class BeyondLoopbackTests : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siamese-web-");
    private readonly TestAuthority _authority = new();
    private PostgresServer? _postgres;

    /// <summary>An address of this machine that others can reach; null if it has none.</summary>
    private static IPAddress? Own { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address))
        .FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    public async Task InitializeAsync()
    {
        if (ReachableFactAttribute.Missing is null)
            _postgres = await PostgresServer.Create();
    }

    public async Task DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [ReachableFact]
    public async Task It_is_served_over_TLS_with_the_silos_certificate_to_those_who_have_a_key()
    {
        var files = _authority.Issue("silo", "silo");
        using var silo = await Start(options => (options.TlsCertificate, options.TlsKey, options.TlsAuthority) = (files.Certificate, files.Key, files.Authority));
        using var trusting = Connect(silo.Port, "https", _authority.File);

        using var without = await trusting.GetAsync("cluster");
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        trusting.DefaultRequestHeaders.Authorization = await Key(silo);
        using var with = await trusting.GetAsync("cluster");
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);

        using var stranger = new TestAuthority("another authority");
        using var mistrusting = Connect(silo.Port, "https", stranger.File);
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => mistrusting.GetAsync("cluster"));
        Assert.IsType<AuthenticationException>(refusal.InnerException);
        using var plain = Connect(silo.Port, "http", _authority.File);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plain.GetAsync("cluster"));
    }

    [ReachableFact]
    public async Task Without_TLS_it_does_not_start_unless_that_is_stated_and_then_needs_a_key_too()
    {
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => Start(_ => { }));
        Assert.Contains("--insecure", refusal.Message, StringComparison.Ordinal);

        using var silo = await Start(options => options.Insecure = true);
        using var http = Connect(silo.Port, "http", _authority.File);
        using var without = await http.GetAsync("cluster");
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        http.DefaultRequestHeaders.Authorization = await Key(silo);
        using var with = await http.GetAsync("cluster");
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    private static async Task<AuthenticationHeaderValue> Key(Reachable silo)
    {
        var added = await silo.Host.Services.GetRequiredService<IGrainFactory>().GetGrain<IKeyGrain>(0).Add(new ApiKeyRequest("fromelsewhere", "elsewhere", Role.Read), CancellationToken.None);
        return new("Bearer", added.Text);
    }

    /// <summary>Connects to the silo as `localhost`, the name in its certificate.</summary>
    private static HttpClient Connect(int port, string scheme, string authority) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(Own!, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authority) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    })
    { BaseAddress = new Uri($"{scheme}://localhost/api/v1/") };

    private async Task<Reachable> Start(Action<SiloOptions> change)
    {
        var options = new SiloOptions
        {
            Slots = 1,
            Store = $"postgres:{await _postgres!.NewDatabase()}",
            Cache = Path.Combine(_folder.FullName, "cache"),
            Home = _folder.FullName,
            Address = $"{Own}",
            SiloPort = 0,
            GatewayPort = 0,
            Http = ListeningPort.Resolve(Own!, 0, ""),
        };
        change(options);
        var host = SiloHost.Build(options);
        await host.StartAsync();
        return new(host, options.Http.Value);
    }

    private sealed record Reachable(IHost Host, int Port) : IDisposable
    {
        public void Dispose()
        {
            Host.StopAsync().GetAwaiter().GetResult();
            Host.Dispose();
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ReachableFactAttribute : FactAttribute
    {
        public ReachableFactAttribute() => Skip = Missing;

        public static string? Missing => Own is null ? "This machine has no address but loopback." : PostgresBinaries.Missing;
    }
}
