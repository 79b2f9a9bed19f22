using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>A silo that a test starts by hand, on its own ports.</summary>
public sealed class HandStartedSilo : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private HandStartedSilo(RunningProgram program, string gateway) => (_program, Gateway) = (program, gateway);

    private HandStartedSilo(RunningProgram program, int siloPort, int gatewayPort)
        : this(program, $"localhost:{gatewayPort}") => (SiloPort, GatewayPort) = (siloPort, gatewayPort);

    /// <summary>The value for the client's `--silo`.</summary>
    public string Gateway { get; }

    /// <summary>Where other silos reach it, if it was started with limits.</summary>
    public int SiloPort { get; }

    /// <summary>Where clients reach it, if it was started with limits.</summary>
    public int GatewayPort { get; }

    public string Log => _program.Out + _program.Error;

    public RunningProgram Program => _program;

    /// <summary>Starts a silo and waits until it serves clients.</summary>
    public static Task<HandStartedSilo> Start(Home home, params string[] options) => Start(home, [], options);

    /// <summary>Starts a silo with these environment variables, and waits until it serves clients.</summary>
    public static async Task<HandStartedSilo> Start(Home home, (string Name, string Value)[] environment, params string[] options)
    {
        var port = FreePort();
        var program = home.Start(
            Built.Silo, ["--silo-port", "0", "--gateway-port", port.ToString(CultureInfo.InvariantCulture), .. options], environment);
        await program.Says("Application started");
        var address = Array.IndexOf(options, "--address");
        return new(program, $"{(address < 0 ? "localhost" : options[address + 1])}:{port}");
    }

    /// <summary>Starts a silo that may have only this number of files and connections open.</summary>
    public static async Task<HandStartedSilo> StartLimited(Home home, int descriptors, params string[] options)
    {
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        var program = home.Start(
            "/bin/sh",
            ["-c", $"ulimit -n {descriptors}; exec \"$0\" \"$@\"", Built.Silo, "--silo-port", $"{siloPort}", "--gateway-port", $"{gatewayPort}", .. options]);
        await program.Says("Application started");
        return new(program, siloPort, gatewayPort);
    }

    /// <summary>Ids of the trials that it started to train, in order; a trial started twice appears twice.</summary>
    public IReadOnlyList<string> Began() =>
        [.. from line in Log.Split('\n')
            where line.Contains("training starts", StringComparison.Ordinal)
            select line[(line.IndexOf("Trial ", StringComparison.Ordinal) + "Trial ".Length)..].Split(' ')[0]];

    public async Task Kill()
    {
        _program.Signal(Signals.Kill);
        await _program.Ends();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_program.HasEnded)
            await Signals.End(_program.Pid, Signals.Terminate, TimeSpan.FromSeconds(15));
        await _program.DisposeAsync();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
