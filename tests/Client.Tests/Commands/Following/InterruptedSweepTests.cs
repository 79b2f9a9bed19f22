using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Commands.Following;

public sealed class InterruptedSweepTests
{
    [Fact]
    public async Task G_leaves_the_sweep_running_and_exits_with_130()
    {
        using var client = Interrupted("g");

        Assert.Equal(130, await client.Run("sweep", "--name", "mine"));
        Assert.DoesNotContain("Cancel", client.Sweep.Calls);
        Assert.EndsWith(
            "Sweep mine continues without this client. Follow it with `client watch mine`; stop it with `client cancel mine`.\n",
            client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C_cancels_the_sweep_and_shows_its_results()
    {
        using var client = Interrupted("c", Some.Progress(SweepPhase.Cancelled, Some.Trial()));

        Assert.Equal(130, await client.Run("sweep"));
        Assert.Contains("Cancel", client.Sweep.Calls);
        Assert.Contains("cancelled after", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task W_continues_watching_and_other_keys_are_ignored()
    {
        using var client = Interrupted("?w", Some.Completed(Some.Trial()));

        Assert.Equal(0, await client.Run("sweep"));
        Assert.DoesNotContain("Cancel", client.Sweep.Calls);
    }

    [Fact]
    public async Task After_watching_continues_the_next_interruption_asks_again()
    {
        using var client = new ClientRun { Keys = new("wg") };
        client.Sweep.Do(() => Interrupt(client)).Answer(Some.Progress(SweepPhase.Running)).Do(() => Interrupt(client));

        Assert.Equal(130, await client.Run("sweep"));
        Assert.Equal(2, client.Error.Split("keep watching (w)?").Length - 1);
        Assert.Empty(client.EndedNow);
    }

    [Fact]
    public async Task A_second_interruption_ends_at_once_and_says_that_the_sweep_continues()
    {
        using var client = new ClientRun { Keys = new("g") };
        client.Sweep.Do(() =>
        {
            client.Interruptions.Interrupt();
            return Interrupt(client);
        }).Answer(Some.Progress(SweepPhase.Running));

        await client.Run("sweep", "--name", "mine");
        Assert.StartsWith("Sweep mine continues", Assert.Single(client.EndedNow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_the_client_ends_and_the_sweep_continues()
    {
        using var client = new ClientRun();
        client.Sweep.Do(() => Interrupt(client));

        Assert.Equal(130, await client.Run("sweep", "--name", "mine"));
        Assert.StartsWith("Sweep mine continues", client.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Cancel", client.Sweep.Calls);
    }

    [Fact]
    public async Task SIGTERM_ends_the_client_without_a_question()
    {
        using var client = new ClientRun { Keys = new("c") };
        client.Sweep.Do(() =>
        {
            client.Interruptions.Terminate();
            return Some.Progress(SweepPhase.Running);
        });

        Assert.Equal(130, await client.Run("sweep"));
        Assert.DoesNotContain("Cancel", client.Sweep.Calls);
    }

    [Fact]
    public async Task An_input_that_has_ended_counts_as_no_before_many_trials()
    {
        using var client = new ClientRun { Keys = new() };
        client.Sweep.Answer(Some.Progress(SweepPhase.Prepared));

        Assert.Equal(130, await client.Run("watch", "mine"));
        Assert.Contains("Remove", client.Sweep.Calls);
    }

    private static ClientRun Interrupted(string keys, params SweepProgress[] afterwards)
    {
        var client = new ClientRun { Keys = new(keys) };
        client.Sweep.Do(() => Interrupt(client)).Answer(afterwards);
        return client;
    }

    private static SweepProgress Interrupt(ClientRun client)
    {
        client.Interruptions.Interrupt();
        return Some.Progress(SweepPhase.Running);
    }
}
