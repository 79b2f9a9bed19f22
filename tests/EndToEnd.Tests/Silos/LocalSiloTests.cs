using Siamese.Contracts.Local;
using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class LocalSiloTests
{
    [Fact]
    public async Task Clients_that_start_at_the_same_time_share_one_silo()
    {
        await using var home = new Home();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => home.Client("status")));

        Assert.All(outcomes, outcome => outcome.Exits(0));
        Assert.Single(outcomes, outcome => outcome.Error.Contains("Started a local silo", StringComparison.Ordinal));
        Assert.Equal([home.SiloFile!.Pid], home.Silos);
    }

    [Fact]
    public async Task It_outlives_its_client_in_its_own_session_and_serves_the_next_client()
    {
        await using var home = new Home();

        // This also waits for the end of the client's output: the silo must not keep it open.
        var first = (await home.Client("status")).Exits(0);

        var silo = Assert.Single(home.Silos);
        Assert.Equal(silo, LiveProcesses.Session(silo));
        Assert.NotEqual(LiveProcesses.Session(Environment.ProcessId), LiveProcesses.Session(silo));
        Assert.Contains("Started a local silo", first.Error, StringComparison.Ordinal);
        Assert.Empty((await home.Client("status")).Exits(0).Error);
        Assert.Equal([silo], home.Silos);
    }

    [Fact]
    public async Task It_exits_when_idle_and_removes_its_file()
    {
        await using var home = new Home();
        await using var silo = home.Start(Built.Silo, ["--local", "--idle-exit", "2"]);
        await silo.Until(() => home.SiloFile is not null, "it wrote its file");
        Assert.Equal(silo.Pid, home.SiloFile!.Pid);

        (await silo.Ends()).Exits(0);

        Assert.False(File.Exists(SiloFile.PathIn(home.Folder)));
    }

    [Fact]
    public async Task It_does_not_exit_while_a_sweep_is_unfinished()
    {
        await using var home = new Home();
        await using (var before = home.Start(Built.Silo, ["--local", "--idle-exit", "600"]))
        {
            await before.Until(() => home.SiloFile is not null, "it wrote its file");
            await home.Ask("sweep", "--data", SmallData.Folder, "--margins", "1", "--epochs", "20", "--steps", "15", "--name", "alone", "--detach");
            before.Signal(Signals.Kill);
            await before.Ends();
        }

        // No client has to be in time for this one: it goes on with the sweep by itself.
        await using var silo = home.Start(Built.Silo, ["--local", "--idle-exit", "4"]);

        (await silo.Ends()).Exits(0);

        Assert.Contains("Sweep alone: Completed", silo.Out, StringComparison.Ordinal);
        Assert.Equal("completed", (await home.Ask("status", "alone")).Text("phase"));
    }

    [Theory]
    [InlineData(Signals.Kill)]
    [InlineData(Signals.Terminate)]
    public async Task A_client_starts_a_new_silo_right_after_the_old_one_was_stopped(int signal)
    {
        await using var home = new Home();
        (await home.Client("status")).Exits(0);
        var first = Assert.Single(home.Silos);
        Signals.Send(first, signal);

        // No wait for its end: the client may arrive while the silo is shutting down.
        var next = (await home.Client("status")).Exits(0);

        Assert.Contains("Started a local silo", next.Error, StringComparison.Ordinal);
        await Signals.End(first, signal, TimeSpan.FromSeconds(30));
        Assert.NotEqual(first, Assert.Single(home.Silos));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_damaged_file_is_ignored(string content)
    {
        await using var home = new Home();
        Directory.CreateDirectory(home.Folder);
        await File.WriteAllTextAsync(SiloFile.PathIn(home.Folder), content);

        (await home.Client("status")).Exits(0);

        Assert.Equal([home.SiloFile!.Pid], home.Silos);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12345)]
    public async Task A_process_that_merely_has_a_silos_pid_is_left_alone(long startTicks)
    {
        await using var home = new Home();
        await using var bystander = home.Start("sleep", ["600"]);
        Directory.CreateDirectory(home.Folder);
        new SiloFile
        {
            Pid = bystander.Pid,
            StartTicks = startTicks,
            SiloPort = 1,
            GatewayPort = 1,
            ClusterId = "siamese",
            Slots = 1,
            Build = "another",
        }.Write(home.Folder);

        (await home.Client("status")).Exits(0);

        Assert.False(bystander.HasEnded);
        Assert.Equal([home.SiloFile!.Pid], home.Silos);
    }

    [Fact]
    public async Task Keys_are_added_listed_and_revoked_and_survive_the_silo()
    {
        await using var home = new Home();

        var key = (await home.Client("keys", "add", "lab", "--may", "ask", "--until", "2999-12-31")).Exits(0).Out.Trim();
        Assert.Matches("^siamese_[a-z0-9]{12}_[0-9a-f]{64}$", key);
        (await home.Client("keys", "add", "lab", "--may", "read")).Refuses(2, "There is a key named 'lab' already");
        (await home.Client("keys", "add", "old", "--may", "read", "--until", "2020-01-31")).Refuses(2, "--until: 2020-01-31 00:00:00Z is in the past");
        await home.StopSilo();

        var id = key.Split('_')[1];
        var listed = Assert.Single((await home.Ask("keys", "list")).List("keys"));
        Assert.Equal((id, "lab", "ask"), (listed.Text("id"), listed.Text("name"), listed.Text("may")));
        Assert.Contains($"Revoked key lab (id {id}).", (await home.Client("keys", "revoke", "lab")).Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("was already revoked at", (await home.Client("keys", "revoke", id)).Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("1 key, 0 of them valid", (await home.Client("keys", "list")).Exits(0).Out, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_')[2], home.SiloLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_variable_locates_the_silo_program()
    {
        await using var home = new Home();
        await using (var client = home.Start(Built.Client, ["status"], ("SIAMESE_SILO", Path.GetDirectoryName(Built.Silo)!)))
            (await client.Ends()).Exits(0);
        Assert.Single(home.Silos);

        await using var lost = home.Start(Built.Client, ["status"], ("SIAMESE_SILO", home.Work));
        (await lost.Ends()).Refuses(2, "SIAMESE_SILO");
    }

    [Fact]
    public async Task The_slots_option_of_the_first_sweep_limits_the_silo()
    {
        await using var home = new Home();

        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--slots", "1"]);

        Assert.Equal(1, home.SiloFile!.Slots);
    }
}
