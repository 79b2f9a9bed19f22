using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Siamese.Client.LocalSilo;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Local;

namespace Siamese.Client.Tests.LocalSilo;

/// <summary>The finder with real processes: scripts that stand in for the silo.</summary>
public sealed class LocalSiloFinderTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly TemporaryFolder _silo = new();
    private readonly StringWriter _notices = new();
    private readonly TcpListener _gateway = new(IPAddress.Loopback, 0);
    private readonly List<Process> _processes = [];

    public LocalSiloFinderTests()
    {
        foreach (var assembly in new[] { "silo.dll", "Siamese.Grains.dll", "Siamese.Model.dll", "Siamese.Contracts.dll" })
            _silo.File(assembly, assembly);
        _gateway.Start();
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
        if (SiloFile.TryRead(_home.Path) is { } file)
            new SiloProcess(file.Pid, 0).End(TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        _gateway.Dispose();
        _notices.Dispose();
        _home.Dispose();
        _silo.Dispose();
    }

    [Fact]
    public async Task A_running_silo_of_this_build_is_found()
    {
        var file = Running();

        Assert.Equal(file.Pid, (await Finder().FindOrStart(null, CancellationToken.None)).Pid);
        Assert.Empty(_notices.ToString());
    }

    [Theory]
    [InlineData("\"GatewayPort\":", "\"GatewayPort\":9")]
    [InlineData("\"SiloPort\":1", "\"SiloPort\":0")]
    [InlineData("\"ClusterId\":\"local\"", "\"ClusterId\":null")]
    [InlineData("\"ClusterId\":\"local\"", "\"ClusterId\":\"\\ud800\"")]
    [InlineData("\"Busy\":[]", "\"Busy\":[null]")]
    [InlineData("\"Pid\":", "\"Pid\":-")]
    public void A_file_that_no_silo_can_have_written_is_ignored(string part, string wrong)
    {
        Running();
        var path = SiloFile.PathIn(_home.Path);
        var text = System.IO.File.ReadAllText(path);
        Assert.NotNull(SiloFile.TryRead(_home.Path));
        Assert.Contains(part, text, StringComparison.Ordinal);

        System.IO.File.WriteAllText(path, text.Replace(part, wrong, StringComparison.Ordinal));

        Assert.Null(SiloFile.TryRead(_home.Path));
    }

    [Fact]
    public async Task A_busy_silo_of_another_build_is_named_and_left_alone()
    {
        var file = Running(build: "other", busy: ["mine", "yours"]);

        var error = await Assert.ThrowsAsync<NoClusterException>(() => Finder().FindOrStart(null, CancellationToken.None));

        Assert.Contains($"pid {file.Pid}", error.Message, StringComparison.Ordinal);
        Assert.Contains("mine, yours", error.Message, StringComparison.Ordinal);
        Assert.True(SiloProcess.Of(file).IsAlive);
    }

    [Fact]
    public async Task An_idle_silo_of_another_build_is_replaced()
    {
        var old = Running(build: "other");
        StandIn();

        var file = await Finder().FindOrStart(null, CancellationToken.None);

        Assert.NotEqual(old.Pid, file.Pid);
        Assert.False(SiloProcess.Of(old).IsAlive);
        Assert.Contains("Replacing the idle local silo", _notices.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_silo_is_started_again_in_its_own_session()
    {
        var dead = Running();
        _processes[0].Kill();
        await _processes[0].WaitForExitAsync();
        StandIn();

        var file = await Finder().FindOrStart(slots: 3, CancellationToken.None);

        Assert.NotEqual(dead.Pid, file.Pid);
        Assert.Equal($"{file.Pid}", Stat(file.Pid, field: 6));
        Assert.Contains("--local --idle-exit 30 --slots 3", await System.IO.File.ReadAllTextAsync(LogFiles.OfSilo(_home.Path)), StringComparison.Ordinal);
        Assert.Contains($"Started a local silo (pid {file.Pid}", _notices.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_started_silo_does_not_inherit_the_settings_of_a_cluster()
    {
        Environment.SetEnvironmentVariable("SIAMESE_STORE", "postgres:Host=db;Database=siamese");
        try
        {
            Script("env; exit 1");

            var error = await Assert.ThrowsAsync<NoClusterException>(() => Finder().FindOrStart(null, CancellationToken.None));

            Assert.Contains("exited while starting", error.Message, StringComparison.Ordinal);
            var given = (await System.IO.File.ReadAllLinesAsync(LogFiles.OfSilo(_home.Path))).Where(line => line.StartsWith("SIAMESE_", StringComparison.Ordinal));
            Assert.Equal([$"SIAMESE_HOME={_home.Path}"], given);
        }
        finally
        {
            Environment.SetEnvironmentVariable("SIAMESE_STORE", null);
        }
    }

    [Fact]
    public async Task Clients_that_start_at_the_same_time_share_one_silo()
    {
        StandIn();

        var files = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Finder().FindOrStart(null, CancellationToken.None)));

        Assert.Single(files.Select(file => file.Pid).Distinct());
    }

    [Fact]
    public async Task If_a_silo_dies_during_startup_the_end_of_its_log_is_printed()
    {
        Script("echo cannot open the store; exit 1");

        var error = await Assert.ThrowsAsync<NoClusterException>(() => Finder().FindOrStart(null, CancellationToken.None));

        Assert.EndsWith("cannot open the store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_is_not_writable_is_bad_input()
    {
        var file = _home.File("file");
        var finder = new LocalSiloFinder(Path.Combine(file, "home"), Program, _notices, TimeProvider.System);

        var error = await Assert.ThrowsAsync<BadInputException>(() => finder.FindOrStart(null, CancellationToken.None));

        Assert.Contains("SIAMESE_HOME", error.Message, StringComparison.Ordinal);
    }

    private SiloProgram Program => new(_silo.Path) { RunningDotnet = null };

    private LocalSiloFinder Finder() => new(_home.Path, Program, _notices, TimeProvider.System);

    private SiloFile Running(string? build = null, string[]? busy = null)
    {
        var process = Process.Start("sleep", "1000");
        _processes.Add(process);
        var file = File(process.Id, long.Parse(Stat(process.Id, 22), CultureInfo.InvariantCulture)) with { Build = build ?? SiloBuild.Of(_silo.Path), Busy = busy ?? [] };
        file.Write(_home.Path);
        return file;
    }

    private SiloFile File(int pid, long startTicks) => new()
    {
        Pid = pid,
        StartTicks = startTicks,
        SiloPort = 1,
        GatewayPort = ((IPEndPoint)_gateway.LocalEndpoint).Port,
        ClusterId = "local",
        Slots = 2,
        Build = SiloBuild.Of(_silo.Path),
    };

    /// <summary>A silo that only writes its file.</summary>
    private void StandIn()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(File(424242, 535353))
            .Replace("424242", "'$$'", StringComparison.Ordinal)
            .Replace("535353", "'$(cut -d' ' -f22 /proc/$$/stat)'", StringComparison.Ordinal);
        Script($"echo \"$@\"; echo '{json}' >$SIAMESE_HOME/new.json; mv $SIAMESE_HOME/new.json $SIAMESE_HOME/silo.json; exec sleep 1000");
    }

    private void Script(string commands)
    {
        var path = _silo.File("silo", $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Stat(int pid, int field)
    {
        var stat = System.IO.File.ReadAllText($"/proc/{pid}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field - 3];
    }
}
