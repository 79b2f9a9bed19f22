using System.Text.Json;
using Siamese.Client.Connections;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Commands;

public sealed class OtherCommandsTests
{
    [Fact]
    public async Task Watch_reports_an_ended_sweep_at_once()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));

        Assert.Equal(0, await client.Run("watch", "zolaki-47"));
        Assert.Contains("EER 1.23 %", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extend_adds_to_the_existing_points_and_follows_the_sweep_to_its_end()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()) with { Points = 20 }, Some.Completed(Some.Trial(), Some.Trial()) with { Points = 25 });

        Assert.Equal(0, await client.Run("extend", "mine", "--trials", "5", "--for", "90s"));
        Assert.Contains($"Extend 25 {new StopRule(After: TimeSpan.FromSeconds(90))}", client.Sweep.Calls);
        Assert.Contains("GetProgress 1", client.Sweep.Calls);
        Assert.StartsWith("Sweep mine continues with 5 more points.\n", client.Out, StringComparison.Ordinal);
        Assert.Contains("EER 1.23 %", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extend_prints_the_new_number_of_points_as_json()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed() with { Points = 20 });

        Assert.Equal(0, await client.Run("extend", "mine", "--trials", "5", "--detach", "--format", "json"));
        Assert.Equal(25, JsonDocument.Parse(client.Out).RootElement.GetProperty("points").GetInt32());
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("trials")]
    [InlineData("importance")]
    [InlineData("report")]
    [InlineData("status")]
    [InlineData("remove")]
    public async Task An_unknown_sweep_exits_with_2(string command)
    {
        using var client = new ClientRun();

        Assert.Equal(2, await client.Run(command, "nope"));
        Assert.Equal("There is no sweep 'nope'; `client status` lists all sweeps.\n", client.Error);
    }

    [Fact]
    public async Task Remove_reports_the_freed_megabytes()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed());

        Assert.Equal(0, await client.Run("remove", "mine", "--yes"));
        Assert.Equal("Removed sweep mine; 12.3 MB freed.\n", client.Out);
    }

    [Fact]
    public async Task Remove_asks_on_a_terminal_and_needs_yes_elsewhere()
    {
        using var refused = new ClientRun();
        refused.Sweep.Answer(Some.Completed());
        Assert.Equal(2, await refused.Run("remove", "mine"));
        Assert.Equal("remove: add --yes if you are sure; nobody can be asked, because standard input is not a terminal.\n", refused.Error);

        using var unsure = new ClientRun { Keys = new("xn") };
        unsure.Sweep.Answer(Some.Completed());
        Assert.Equal(130, await unsure.Run("remove", "mine"));
        Assert.Equal("Remove the sweep mine, its trials, its ensemble and its gallery (y/n)? \nNothing was changed.\n", unsure.Error);

        using var sure = new ClientRun { Keys = new("y") };
        sure.Sweep.Answer(Some.Completed());
        Assert.Equal(0, await sure.Run("remove", "mine"));
        Assert.Equal("Removed sweep mine; 12.3 MB freed.\n", sure.Out);
        Assert.Equal((0, 0, 1), (Removals(refused), Removals(unsure), Removals(sure)));

        static int Removals(ClientRun client) => client.Sweep.Calls.Count(call => call == "Remove");
    }

    [Fact]
    public async Task Cancel_takes_a_sweep_on_the_board()
    {
        using var client = new ClientRun();
        client.Cluster.Entries.Add(Some.Entry("mine", SweepPhase.Running, hasEnsemble: false));

        Assert.Equal(0, await client.Run("cancel", "mine"));
        Assert.Contains("Cancel", client.Sweep.Calls);
    }

    [Fact]
    public async Task Cancel_takes_the_start_of_a_trials_id()
    {
        using var client = new ClientRun();
        client.Cluster.Entries.Add(Some.Entry("mine", SweepPhase.Running, hasEnsemble: false));
        client.Sweep.UnfinishedTrials.Add("3fa94c2155667788");

        Assert.Equal(0, await client.Run("cancel", "3fa94c21"));
        Assert.Equal("Cancelled trial 3fa94c21 of sweep mine.\n", client.Out);
        Assert.Equal(2, await client.Run("cancel", "3fa"));
        Assert.Equal(2, await client.Run("cancel", "b5d1aa00"));
    }

    [Fact]
    public async Task Finish_takes_a_sweep_or_the_start_of_a_trials_id()
    {
        using var client = new ClientRun();
        client.Cluster.Entries.Add(Some.Entry("mine", SweepPhase.Running, hasEnsemble: false));
        client.Sweep.UnfinishedTrials.Add("3fa94c2155667788");

        Assert.Equal(0, await client.Run("finish", "mine"));
        Assert.Contains("Finish", client.Sweep.Calls);
        Assert.EndsWith("Follow it with: client watch mine\n", client.Out, StringComparison.Ordinal);
        Assert.Equal(0, await client.Run("finish", "3fa94c21"));
        Assert.EndsWith("Finishing trial 3fa94c21 of sweep mine: it ends with its last validated epoch.\n", client.Out, StringComparison.Ordinal);
        Assert.Equal(2, await client.Run("finish", "b5d1aa00"));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("finish")]
    public async Task An_ended_sweep_cannot_be_ended_again(string command)
    {
        using var client = new ClientRun();
        client.Cluster.Entries.Add(Some.Entry("mine"));

        Assert.Equal(2, await client.Run(command, "mine"));
        Assert.Equal("Sweep mine has already ended (completed).\n", client.Error);
    }

    [Fact]
    public async Task Status_lists_every_sweep()
    {
        using var client = new ClientRun();
        client.Cluster.Entries.Add(Some.Entry("mine", SweepPhase.Forming, hasEnsemble: false));

        Assert.Equal(0, await client.Run("status"));
        Assert.Contains("mine    forming   1970-01-01 00:00:00Z   -", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensembles_are_listed_newest_first()
    {
        using var client = new ClientRun();
        client.Cluster.Entries.AddRange([Some.Entry("old", formedAt: 1), Some.Entry("new", formedAt: 2), Some.Entry("none", hasEnsemble: false)]);

        Assert.Equal(0, await client.Run("ensembles"));
        var names = client.Out.Split('\n').Where(line => line.Contains(", version", StringComparison.Ordinal)).Select(line => line.Split(',')[0]);
        Assert.Equal(["new", "old"], names);
    }

    [Fact]
    public async Task A_verdict_without_an_ensemble_takes_the_newest_and_names_it()
    {
        using var client = new ClientRun();
        client.Cluster.Entries.AddRange([Some.Entry("old", formedAt: 1), Some.Entry("new", formedAt: 2), Some.Entry("none", hasEnsemble: false)]);
        var image = Image(client);

        Assert.Equal(0, await client.Run("verdict", image, image));
        Assert.StartsWith(
            """
            different: probability of same 1.25 %, distance 1.500 (same up to 1.020)
            ensemble new (the newest), version 1, 4.3 ms
              3fa94c21 votes different: distance 1.800 (same up to 1.200), weight 0.750
            """,
            client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_says_how_to_give_feedback_on_it()
    {
        using var client = new ClientRun();
        client.Cluster.Judged = ensemble => Some.Verdict(ensemble) with { Id = "mine@1.7hq2mzk4vd3a9xw8" };
        var image = Image(client);

        Assert.Equal(0, await client.Run("verdict", image, image, "--ensemble", "mine"));
        Assert.EndsWith("\nif you know what the pair really is: client feedback mine@1.7hq2mzk4vd3a9xw8 same|different\n", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_uses_the_named_ensemble()
    {
        using var client = new ClientRun();
        var image = Image(client);

        Assert.Equal(0, await client.Run("verdict", image, image, "--ensemble", "old"));
        Assert.Contains("\nensemble old, version 1", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_uses_the_stated_terms()
    {
        using var client = new ClientRun();
        var image = Image(client);

        Assert.Equal(0, await client.Run("verdict", image, image, "--ensemble", "old"));
        Assert.Equal(VerdictTerms.Default, client.Cluster.Terms);
        Assert.Equal(0, await client.Run("verdict", image, image, "--ensemble", "old@3", "--prior", "0.01", "--unsure", "0.2..0.8", "--disagreement", "0.3", "--max-frr", "0.02", "--novelty", "0.05"));
        Assert.Equal(new VerdictTerms { Version = 3, Prior = 0.01, Unsure = new(0.2, 0.8), Disagreement = 0.3, MaximumFrr = 0.02, Novelty = 0.05 }, client.Cluster.Terms);
    }

    [Fact]
    public async Task An_unsure_verdict_says_why()
    {
        using var client = new ClientRun();
        client.Cluster.Judged = ensemble => Some.Verdict(ensemble) with { Answer = Answer.Unsure, Prior = 0.01, Doubts = ["members with 38 % of the weight disagree"] };
        var image = Image(client);

        Assert.Equal(0, await client.Run("verdict", image, image, "--ensemble", "mine"));
        Assert.StartsWith(
            """
            unsure: probability of same 1.25 % with a prior of 1.00 %, distance 1.500 (same up to 1.020)
              members with 38 % of the weight disagree
            ensemble mine, version 1
            """,
            client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_threshold_chosen_by_an_error_rate_is_shown_with_both_rates()
    {
        using var client = new ClientRun();
        client.Cluster.Judged = ensemble => Some.Verdict(ensemble) with { OperatingPoint = new(1.02, 0.001, new(0, 0.0021), 0.05, new(0.04, 0.062)) };
        var image = Image(client);

        Assert.Equal(0, await client.Run("verdict", image, image, "--ensemble", "mine", "--max-far", "0.001"));
        Assert.Equal(0.001, client.Cluster.Terms!.MaximumFar);
        Assert.Contains("\nat this threshold, on validation pairs: FAR 0.10 % (0.00 to 0.21 %), FRR 5.00 % (4.00 to 6.20 %) (95 % intervals for as many new images)\n", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_version_of_an_ensemble_is_listed_newest_first()
    {
        using var client = new ClientRun();

        Assert.Equal(0, await client.Run("ensembles", "mine"));
        Assert.Equal(["mine, version 2", "mine, version 1"], client.Out.Split('\n').Where(line => line.StartsWith("mine", StringComparison.Ordinal)).Select(line => line[..15]));
    }

    [Fact]
    public async Task A_degraded_verdict_says_so_and_names_the_absent_members()
    {
        using var client = new ClientRun();
        client.Cluster.Judged = ensemble => Some.Verdict(ensemble) with { Absent = [new("77aa000011223344", 0.2, "Blob 12 is not in /blobs")] };
        var image = Image(client);

        Assert.Equal(0, await client.Run("verdict", image, image, "--ensemble", "mine"));
        Assert.EndsWith(
            """
            degraded: some members of the ensemble did not take part
              77aa0000 is absent, weight 0.200: Blob 12 is not in /blobs

            """,
            client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_quorum_a_verdict_exits_with_1_and_says_why()
    {
        using var client = new ClientRun();
        client.Cluster.Judged = _ => throw new NoQuorumException("Ensemble mine cannot give a verdict now.");
        var image = Image(client);

        Assert.Equal(1, await client.Run("verdict", image, image, "--ensemble", "mine"));
        Assert.Equal(("", "Ensemble mine cannot give a verdict now.\n"), (client.Out, client.Error));
    }

    [Fact]
    public async Task Without_any_ensemble_a_verdict_exits_with_2()
    {
        using var client = new ClientRun();
        var image = Image(client);

        Assert.Equal(2, await client.Run("verdict", image, image));
        Assert.Equal("There is no ensemble yet; `client sweep --margins 1,2,5` trains one.\n", client.Error);
    }

    [Fact]
    public async Task Samples_are_written_under_their_labels()
    {
        using var client = new ClientRun();
        client.Cluster.Drawn = [new("7", 123, [1, 2]), new("Greek/α β", 4, [3])];
        var folder = Path.Combine(client.Home, "samples");

        Assert.Equal(0, await client.Run("sample", "--out", folder, "--count", "2"));
        Assert.Equal(["7-0123.png", "Greek_α_β-0004.png"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2], await File.ReadAllBytesAsync(Path.Combine(folder, "7-0123.png")));
    }

    [Fact]
    public async Task The_client_connects_to_the_named_silos()
    {
        using var client = new ClientRun();

        await client.Run("status", "--silo", "10.0.0.7:30000", "--silo", "[::1]:30001", "--cluster-id", "other");
        var choice = client.Cluster.Connections[0];
        Assert.Equal<GatewayAddress>([new("10.0.0.7", 30000), new("::1", 30001)], choice.Silos);
        Assert.Equal(("other", false), (choice.ClusterId, choice.IsLocal));
    }

    private static string Image(ClientRun client)
    {
        Directory.CreateDirectory(client.Home);
        var path = Path.Combine(client.Home, "a.png");
        File.WriteAllBytes(path, [1]);
        return path;
    }
}
