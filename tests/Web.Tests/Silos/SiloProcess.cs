using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Siamese.Silo.Addresses;
using Siamese.Testing;

namespace Siamese.Web.Tests.Silos;

/// <summary>A silo with one slot in a process of its own, which a test can kill and start again at the same address.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _home;
    private readonly string _store;
    private readonly int _port = ListeningPort.Resolve(IPAddress.Loopback, 0, "");
    private readonly StringBuilder _log = new();
    private Process? _process;

    private SiloProcess(DirectoryInfo home, string store) => (_home, _store) = (home, store);

    /// <summary>Where it serves its pages.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/"));

    /// <summary>Starts one, and waits until the cluster counts its slot.</summary>
    /// <param name="home">The data folder.</param>
    /// <param name="store">As for `--store`; null for a file in the folder.</param>
    public static async Task<SiloProcess> Start(DirectoryInfo home, string? store = null)
    {
        var silo = new SiloProcess(home, store ?? $"sqlite:{Path.Combine(home.FullName, "siamese.db")}");
        try
        {
            await silo.Start();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it said since the test began.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Ends it with SIGKILL, so that it says goodbye to nobody.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again at the same address.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo(Built.Silo, ["--slots", "1", "--store", _store, "--silo-port", "0", "--gateway-port", "0", "--http", _port.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = _home.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SIAMESE_HOME"] = _home.FullName;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = Connect();
        var began = Stopwatch.GetTimestamp();
        while (!await IsCounted(http))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > _patience)
                Assert.Fail($"The silo did not start.\n{Log}");
            await Task.Delay(100);
        }
    }

    /// <summary>Connects as the silo's own user.</summary>
    public HttpClient Connect() => new() { BaseAddress = new Uri(Address, "api/v1/") };

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await Kill();
        _process?.Dispose();
    }

    private async Task<bool> IsCounted(HttpClient http)
    {
        try
        {
            var cluster = await http.GetFromJsonAsync<JsonElement>("cluster");
            return cluster.GetProperty("silos").EnumerateArray().Any(silo => silo.GetProperty("page").GetString() == Address.ToString());
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
            _log.AppendLine(line.Data);
    }
}
