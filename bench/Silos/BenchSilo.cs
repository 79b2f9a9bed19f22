using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Siamese.Bench.Pages;
using Siamese.Bench.Verdict;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Local;
using Siamese.Testing;
using Siamese.Testing.Certificates;

namespace Siamese.Bench.Silos;

/// <summary>A silo in its own process with its own empty store, and a client connected to it over loopback.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    /// <summary>1.5 GB, in hexadecimal.</summary>
    private const string HeapLimit = "60000000";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly IHost _client;

    private BenchSilo(Process process, DirectoryInfo folder, IHost client, IPEndPoint gateway, int http) =>
        (_process, _folder, _client, Gateway, Http) = (process, folder, client, gateway, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{http}/api/v1/")));

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Gateway { get; }

    /// <summary>Its HTTP API.</summary>
    public Uri Http { get; }

    /// <summary>The client's grains: calls go through its connection.</summary>
    public IGrainFactory Grains => GrainClient.Grains(_client);

    /// <summary>Resident memory of the silo's process, in MB of 10⁶ bytes.</summary>
    public double ResidentMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Size of the store with its write-ahead log, without blobs, in MB of 10⁶ bytes.</summary>
    public double StoreMb => _folder.EnumerateFiles().Sum(file => file.Length) / 1e6;

    /// <summary>Where the silo keeps weights and embeddings.</summary>
    public string BlobFolder => Path.Combine(_folder.FullName, "blobs");

    /// <summary>Starts the product's silo.</summary>
    public static Task<BenchSilo> Start(int slots) => Start(Built.Silo, [], slots);

    /// <summary>Starts a silo whose trials end as soon as they start; see <see cref="IdleSilo"/>.</summary>
    public static Task<BenchSilo> StartIdle(int slots) => Start(Environment.ProcessPath!, [IdleSilo.Command], slots);

    /// <summary>Starts a silo whose trials end at once with made-up results; see <see cref="MadeUpSilo"/>.</summary>
    public static Task<BenchSilo> StartMadeUp(int slots) => Start(Environment.ProcessPath!, [MadeUpSilo.Command], slots);

    /// <summary>Starts a silo whose ensembles have every trial as a member; see <see cref="WholeEnsembles"/>.</summary>
    public static Task<BenchSilo> StartWhole(int slots) => Start(Environment.ProcessPath!, [WholeEnsembles.Command], slots);

    /// <summary>The same with TLS, for clients with certificates of an authority, and with limited memory for managed objects.</summary>
    public static Task<BenchSilo> StartGuarded(int slots, TestAuthority authority)
    {
        var (own, administrator) = (authority.Issue("silo", "silo"), authority.Issue("administrator", "administer"));
        string[] tls = ["--tls-certificate", own.Certificate, "--tls-key", own.Key, "--tls-authority", own.Authority];
        return Start(Environment.ProcessPath!, [WholeEnsembles.Command, .. tls], slots, MutualTls.Load(administrator, ClusterNames.DefaultClusterId, isSilo: false));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _client.StopAsync();
            _client.Dispose();
        }
        finally
        {
            await End(_process, _folder);
        }
    }

    private static async Task End(Process? process, DirectoryInfo folder)
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private static async Task<BenchSilo> Start(string program, string[] command, int slots, IConnectionGuard? guard = null)
    {
        var folder = Directory.CreateTempSubdirectory("siamese-bench-");
        var (gateway, http) = (FreePort(), FreePort());
        string[] arguments =
        [
            .. command, "--slots", Text(slots), "--store", $"sqlite:{Path.Combine(folder.FullName, "siamese.db")}",
            "--silo-port", "0", "--gateway-port", Text(gateway), "--http", Text(http),
        ];
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, Environment = { [DataFolder.Variable] = folder.FullName, ["DOTNET_GCHeapHardLimit"] = guard is null ? null : HeapLimit } })!;
            await Serves(process);
            guard ??= new SharedSecret(SecretFile.Read(SecretFile.PathIn(folder.FullName)));
            var endpoint = new IPEndPoint(IPAddress.Loopback, gateway);
            return new BenchSilo(process, folder, await GrainClient.Connect(guard, endpoint), endpoint, http);
        }
        catch
        {
            await End(process, folder);
            throw;
        }
    }

    /// <summary>Waits until the silo reports that it has started, then drains its output so that it never blocks on writing.</summary>
    private static async Task Serves(Process process)
    {
        var said = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said += line + '\n';
            if (!line.Contains("Application started", StringComparison.Ordinal))
                continue;
            process.StandardOutput.BaseStream.CopyToAsync(Stream.Null).Ignore();
            return;
        }

        throw new InvalidOperationException($"The silo did not start:\n{said}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
