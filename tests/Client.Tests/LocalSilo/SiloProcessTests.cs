using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Siamese.Client.LocalSilo;

namespace Siamese.Client.Tests.LocalSilo;

public sealed class SiloProcessTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_running_process_is_alive_and_a_reused_pid_is_recognised()
    {
        using var sleep = Process.Start("sleep", "1000");
        var stat = File.ReadAllText($"/proc/{sleep.Id}/stat");
        var start = long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);

        Assert.True(new SiloProcess(sleep.Id, start).IsAlive);
        Assert.True(new SiloProcess(sleep.Id, 0).IsAlive);
        Assert.False(new SiloProcess(sleep.Id, start - 1).IsAlive);
        sleep.Kill();
        sleep.WaitForExit();
        Assert.False(new SiloProcess(sleep.Id, start).IsAlive);
    }

    [Fact]
    public async Task A_process_is_asked_to_end()
    {
        using var sleep = Process.Start("sleep", "1000");
        var process = new SiloProcess(sleep.Id, 0);

        await process.End(_patience, TimeProvider.System, CancellationToken.None);

        Assert.False(process.IsAlive);
        await sleep.WaitForExitAsync();
        Assert.Equal(128 + 15, sleep.ExitCode);
    }

    [Fact]
    public async Task A_process_that_ignores_the_request_to_end_is_killed()
    {
        using var deaf = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "trap '' TERM; echo ready; exec sleep 1000"]) { RedirectStandardOutput = true })!;
        await deaf.StandardOutput.ReadLineAsync();

        await new SiloProcess(deaf.Id, 0).End(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);

        await deaf.WaitForExitAsync();
        Assert.Equal(128 + 9, deaf.ExitCode);
    }

    [Fact]
    public async Task A_gateway_accepts_only_while_a_process_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.True(await SiloProcess.Accepts(port, CancellationToken.None));
        listener.Stop();
        Assert.False(await SiloProcess.Accepts(port, CancellationToken.None));
    }
}
