using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

/// <summary>Strangers who open connections to a silo and prove nothing.</summary>
public sealed class ConnectionLimitTests
{
    private const int Descriptors = 640;

    [Fact]
    public async Task Idle_connections_beyond_the_descriptors_of_a_silo_do_not_disturb_its_clients()
    {
        await using var home = new Home();
        await using var silo = await HandStartedSilo.StartLimited(home, Descriptors, "--slots", "1");
        var before = Sockets(silo);

        using (var stranger = new Stranger())
        {
            stranger.Open(silo.GatewayPort, Descriptors + 100);
            stranger.Open(silo.SiloPort, Descriptors + 100);
            using var keepOn = new CancellationTokenSource();
            var attack = stranger.Continue([silo.GatewayPort, silo.SiloPort], keepOn.Token);

            await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "2", "--epochs", "1", "--name", "undisturbed", "--silo", silo.Gateway]);
            var image = Directory.EnumerateFiles(Path.Combine(SmallData.Folder, "../images"), "*.png").First();
            await home.Ask("verdict", image, image, "--ensemble", "undisturbed", "--silo", silo.Gateway);

            var (start, cpu) = (Stopwatch.GetTimestamp(), Cpu(silo));
            await Task.Delay(TimeSpan.FromSeconds(2));
            var (elapsed, used) = (Stopwatch.GetElapsedTime(start), Cpu(silo) - cpu);
            Assert.True(used < elapsed / 2, $"The silo computed for {used} of {elapsed}.");
            await keepOn.CancelAsync();
            await attack;
        }

        await silo.Program.Until(() => Sockets(silo) <= before, "the connections were released");
        Assert.InRange(Lines(silo, "was refused"), 1, 100);
    }

    [Fact]
    public async Task Thousands_of_refused_connections_fill_few_lines_of_the_log()
    {
        await using var home = new Home();
        await using var silo = await HandStartedSilo.StartLimited(home, 4096, "--slots", "1");
        var (start, line) = (Stopwatch.GetTimestamp(), "GET / HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n"u8.ToArray());

        for (var i = 0; i < 2_000; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, silo.GatewayPort);
            await client.GetStream().WriteAsync(line);
            await IsClosed(client.Client);
        }

        await silo.Program.Says("more connections of clients were refused");
        var windows = 2 + (int)(Stopwatch.GetElapsedTime(start) / TimeSpan.FromSeconds(10));
        Assert.InRange(Lines(silo, "refused"), 2, windows * 6);
    }

    private static async Task IsClosed(Socket socket)
    {
        using var limit = new CancellationTokenSource(RunningProgram.Patience);
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], limit.Token));
        }
        catch (SocketException)
        {
            // The silo has not read everything that was sent, so it resets the connection.
        }
    }

    private static int Lines(HandStartedSilo silo, string text) => silo.Log.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

    private static int Sockets(HandStartedSilo silo) => LiveProcesses.Sockets(silo.Program.Pid);

    private static TimeSpan Cpu(HandStartedSilo silo)
    {
        using var process = Process.GetProcessById(silo.Program.Pid);
        return process.TotalProcessorTime;
    }

    /// <summary>Opens connections and sends nothing.</summary>
    private sealed class Stranger : IDisposable
    {
        /// <summary>If the test fails, it ends while more are being opened.</summary>
        private readonly ConcurrentQueue<Socket> _sockets = [];

        public void Open(int port, int count)
        {
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _sockets.Enqueue(socket);
                socket.Connect(IPAddress.Loopback, port);
            }
        }

        /// <summary>Opens ten more at each port, ten times a second.</summary>
        public async Task Continue(int[] ports, CancellationToken cancellation)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (!cancellation.IsCancellationRequested)
            {
                Array.ForEach(ports, port => Open(port, 10));
                await timer.WaitForNextTickAsync(cancellation).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        public void Dispose()
        {
            foreach (var socket in _sockets)
                socket.Dispose();
        }
    }
}
