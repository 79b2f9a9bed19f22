using System.Text.Json;
using System.Text.RegularExpressions;
using Siamese.Testing.Machines;

namespace Siamese.EndToEnd.Tests.Machines;

/// <summary>Faults during a sweep on three machines: real processes, real signals, a real network.</summary>
[Collection(MachineCluster.OneAtATime)]
public sealed partial class FaultTests(SweptCluster swept) : IClassFixture<SweptCluster>
{
    private const string NoLongerOurs = "is no longer ours";

    private MachineCluster Cluster => swept.Cluster;

    [MachinesFact]
    public async Task Killing_and_restarting_silos_does_not_change_the_result_of_a_sweep()
    {
        await using var client = await swept.Begin();

        foreach (var silo in Cluster.Silos)
        {
            await silo.Kill();
            silo.Begin();
            // It may find nothing left to train: then the other silos were faster than its start.
            await silo.Serves();
        }

        await swept.EndsLikeUndisturbed(client);
    }

    [MachinesFact]
    public async Task A_paused_silo_loses_its_trial_to_another_silo_and_its_late_report_is_refused()
    {
        var (client, zombie, trial) = await BeginWithARemoteTrial();
        await using var _ = client;

        // A silo that finds itself declared dead ends before it reports.
        await using (await Cluster.HoldMembership())
        {
            zombie.Process.Pause();
            await Elsewhere(trial, zombie);
            zombie.Process.Resume();
            await zombie.Process.Says(NoLongerOurs, 1, SweptCluster.Patience);
        }

        await swept.EndsLikeUndisturbed(client);
        var refused = $"Trial {trial}: a report under lease 1 was refused";
        Assert.Contains(refused, Others(zombie), StringComparison.Ordinal);
        var refusing = Cluster.Silos.First(silo => silo != zombie && silo.Said.Contains(refused, StringComparison.Ordinal));
        await Until(() => AfterRefusal().Contains("siamese.reports.stale", StringComparison.Ordinal) || HasStartedAgain());

        string AfterRefusal() => refusing.Said[refusing.Said.IndexOf(refused, StringComparison.Ordinal)..];

        // A resumed silo may suspect others, and one that is declared dead starts again, without its counters.
        bool HasStartedAgain() => AfterRefusal().Contains("Application started", StringComparison.Ordinal);
    }

    [MachinesFact]
    public async Task A_silo_cut_off_from_the_network_loses_its_trial_and_rejoins()
    {
        await using var client = await swept.Begin();
        var lost = Cluster.Silos[1];
        var trial = SweptCluster.Training(lost);

        await lost.Machine.Cut();
        await Elsewhere(trial, lost);
        await lost.Machine.Heal();
        // If it was declared dead, it restarts; otherwise it continues without the trial.
        await Until(() => lost.Process.Said.Contains(NoLongerOurs, StringComparison.Ordinal) || lost.Process.Said.Split("Application started").Length > 2);

        await swept.EndsLikeUndisturbed(client);
    }

    [MachinesFact]
    public async Task Training_continues_while_the_store_is_offline_and_no_lease_is_lost()
    {
        await using var client = await swept.Begin();
        // A silo says that training starts before it reads uploaded data from the store.
        await CheckpointsAreRegistered();

        await Cluster.Postgres.Stop(isCrash: true);
        foreach (var silo in Cluster.Silos)
            await silo.Process.Says("it is kept and retried", 1, SweptCluster.Patience);
        await Cluster.Postgres.Start();

        await swept.EndsLikeUndisturbed(client);
        Assert.All(Cluster.Silos, silo => Assert.DoesNotContain("Completed under lease 2", silo.Said, StringComparison.Ordinal));
    }

    [MachinesFact]
    public async Task A_sweep_survives_the_death_of_all_its_processes()
    {
        string[] trials;
        await using (var client = await swept.Begin())
        {
            trials = await CheckpointsAreRegistered();
            foreach (var silo in Cluster.Silos)
                silo.Process.Kill();
            client.Kill();
            await Cluster.Postgres.Stop(isCrash: true);
        }

        await Cluster.Postgres.Start();
        foreach (var silo in Cluster.Silos)
            silo.Begin();
        foreach (var silo in Cluster.Silos)
            await silo.Serves();
        // One of them may have just completed.
        trials = [.. trials.Where(trial => !Said(Cluster.Silos).Contains($"Trial {trial}: Completed under lease 1", StringComparison.Ordinal))];
        Assert.NotEmpty(trials);
        foreach (var trial in trials)
        {
            await Until(() => Said(Cluster.Silos).Contains($"Trial {trial} of sweep s: training starts under lease 2, ", StringComparison.Ordinal));
            Assert.Contains($"Trial {trial} of sweep s: training starts under lease 2, from epoch", Said(Cluster.Silos), StringComparison.Ordinal);
        }

        await swept.MatchesUndisturbed(await Cluster.Ask("watch", "s"));
    }

    [MachinesFact]
    public async Task A_terminated_silo_hands_back_its_trial_within_ten_seconds()
    {
        await using var client = await swept.Begin();
        var leaving = Cluster.Silos[0];
        var trial = SweptCluster.Training(leaving);

        leaving.Process.Terminate();
        var (code, _) = await leaving.Process.Ends(TimeSpan.FromSeconds(10));

        Assert.Equal(0, code);
        await swept.EndsLikeUndisturbed(client);
        Assert.Contains($"Trial {trial}: lease 1 was returned: handed back by", Said(Cluster.Silos), StringComparison.Ordinal);
    }

    [MachinesFact]
    public async Task A_trial_is_marked_poisonous_when_silos_die_as_it_starts()
    {
        await Cluster.Renew();
        await using var client = Cluster.Client("sweep", "--margins", "2", "--epochs", "6", "--name", "p", "--format", "json");
        var ending = client.Ends(SweptCluster.Patience);

        // Two deaths are enough, unless the trial wrote a checkpoint under the lease before the silo died.
        for (var lease = 1; lease <= 6 && !ending.IsCompleted; lease++)
        {
            var begins = $"training starts under lease {lease},";
            await Until(() => ending.IsCompleted || Said(Cluster.Silos).Contains(begins, StringComparison.Ordinal));
            if (Cluster.Silos.FirstOrDefault(silo => silo.Process.Said.Contains(begins, StringComparison.Ordinal)) is not { } holder)
                break;
            // By now its first report has confirmed the lease; the first checkpoint comes after a second.
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            await holder.Kill();
            holder.Begin();
        }

        var (code, output) = await ending;
        Assert.Equal(1, code);
        var trial = Assert.Single(JsonDocument.Parse(output).RootElement.List("trials"));
        Assert.Equal("poisonous", trial.Text("status"));
        Assert.Contains("2 silos died while training it", trial.Text("reason"), StringComparison.Ordinal);
    }

    /// <summary>Waits until every running trial has a checkpoint, and a little longer until the checkpoint is registered.</summary>
    /// <returns>The trials.</returns>
    private async Task<string[]> CheckpointsAreRegistered()
    {
        string[] trials;
        while ((trials = [.. Cluster.Silos.Select(SweptCluster.Training)]).Except((await Cluster.Checkpoints()).Select(checkpoint => checkpoint.Split('/')[0])).Any())
            await Task.Delay(100);
        await Task.Delay(1000);
        return trials;
    }

    /// <summary>
    /// Starts the sweep and finds a silo that trains a trial whose grain is on another silo, so that reports cross
    /// the network. The sweep and the board are on other silos too: if they were paused, no trial could be assigned
    /// before the paused silo is declared dead. The first attempt usually finds one.
    /// </summary>
    private async Task<(MachineProcess Client, MachineSilo Silo, string Trial)> BeginWithARemoteTrial()
    {
        while (true)
        {
            var client = await swept.Begin("--telemetry", "console");
            foreach (var silo in Cluster.Silos)
            {
                var trial = SweptCluster.Training(silo);
                if (!silo.Said.Contains($"Trial {trial}: lease 1 goes to", StringComparison.Ordinal) && !Assigns(silo))
                    return (client, silo, trial);
            }

            await client.DisposeAsync();
        }
    }

    /// <summary>Waits until another silo trains the trial.</summary>
    private Task Elsewhere(string trial, MachineSilo except) =>
        Until(() => Others(except).Contains($"Trial {trial} of sweep s: training starts under lease 2", StringComparison.Ordinal));

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(SweptCluster.Patience);
        while (!condition())
            await Task.Delay(100, patience.Token);
    }

    /// <summary>Whether the sweep or the board, which assign the trials, is on this silo.</summary>
    private static bool Assigns(MachineSilo silo) => CallOfSweepOrBoard().IsMatch(silo.Said);

    private string Others(MachineSilo except) => Said(Cluster.Silos.Where(silo => silo != except));

    private static string Said(IEnumerable<MachineSilo> silos) => string.Concat(silos.Select(silo => silo.Said));

    [GeneratedRegex(@"Activity\.DisplayName: +I(Sweep|Board)\w*/\w+\s+Activity\.Kind: +Server")]
    private static partial Regex CallOfSweepOrBoard();
}
