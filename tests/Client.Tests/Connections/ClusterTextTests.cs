using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Connections;

/// <summary>Clusters name hyperparameters and settings; the client shows options, whatever carries the text.</summary>
public sealed class ClusterTextTests
{
    private static readonly TrialReport _collapsed = Collapsed();

    [Fact]
    public async Task A_refusal_names_options()
    {
        using var client = new ClientRun();
        client.Sweep.Refusal = new BadInputException("'margin' would have no effect. Leave it out.");

        Assert.Equal(2, await client.Run("sweep", "--margins", "1"));
        Assert.Equal("--margins would have no effect. Leave it out.\n", client.Error);
    }

    [Fact]
    public async Task A_rejected_sweep_names_options()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Rejected) with { Problem = "The data cannot be cut into shards. Use 'shards' 1." });

        Assert.Equal(2, await client.Run("watch", "zolaki-47"));
        Assert.Equal("The data cannot be cut into shards. Use --shards 1.\n", client.Error);
    }

    [Fact]
    public async Task Remarks_of_a_sweep_and_findings_of_its_trials_name_options()
    {
        using var client = new ClientRun();
        client.Sweep.Trials.Clear();
        client.Sweep.Trials.Add(_collapsed);
        client.Sweep.Answer(Some.Completed(_collapsed) with
        {
            Plan = Some.Plan() with { Remarks = ["Did you mean 'label-means' same?"] },
            LeftOut = "3 points need 'pairing' listed.",
            Stopped = "stopped by 'until-eer'",
        });

        Assert.Equal(0, await client.Run("watch", "zolaki-47"));
        Assert.Contains("Did you mean --label-means same?", client.Out, StringComparison.Ordinal);
        Assert.Contains("3 points need --pairing listed.", client.Out, StringComparison.Ordinal);
        Assert.Contains("It was stopped by --until-eer.", client.Out, StringComparison.Ordinal);
        Assert.Contains("one sided pairs: 10 of 1,000 pairs are different; try --balances 0.5", client.Out, StringComparison.Ordinal);
        Assert.Contains("collapsed; try --mining semi-hard", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_have_the_same_text()
    {
        using var client = new ClientRun();
        client.Sweep.Trials.Clear();
        client.Sweep.Trials.Add(_collapsed);
        client.Sweep.Answer(Some.Completed(_collapsed));

        Assert.Equal(0, await client.Run("trials", "zolaki-47", "--format", "json"));
        var trial = JsonDocument.Parse(client.Out).RootElement.GetProperty("trials")[0];
        Assert.Equal("collapsed; try --mining semi-hard", trial.GetProperty("reason").GetString());
        Assert.Equal("one sided pairs: 10 of 1,000 pairs are different; try --balances 0.5", trial.GetProperty("findings")[0].GetString());
    }

    [Fact]
    public async Task Doubts_about_importance_name_options()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(_collapsed));
        client.Sweep.Importance = Some.Importance() with { Doubt = "There are few points; use more 'trials'.", Remarks = ["Repeat with 'seeds' 1,2."] };

        Assert.Equal(0, await client.Run("importance", "zolaki-47"));
        Assert.Contains("There are few points; use more --trials.", client.Out, StringComparison.Ordinal);
        Assert.Contains("Repeat with --seeds 1,2.", client.Out, StringComparison.Ordinal);
    }

    /// <summary>Data that one user uploads has names of classes and files, and other users read the sweeps that take it.</summary>
    [Fact]
    public async Task Names_that_others_gave_cannot_control_the_terminal()
    {
        const string Hostile = "Class '\u001b[2J\u202ea' has one image.\nAdd another.";
        const string Shown = "Class '\\u001b[2J\\u202ea' has one image.\nAdd another.\n";
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Rejected) with { Problem = Hostile });
        Assert.Equal(2, await client.Run("watch", "zolaki-47"));
        Assert.Equal(Shown, client.Error);

        using var refused = new ClientRun();
        refused.Sweep.Refusal = new BadInputException(Hostile);
        Assert.Equal(2, await refused.Run("sweep", "--margins", "1"));
        Assert.Equal(Shown, refused.Error);
    }

    private static TrialReport Collapsed()
    {
        var trial = Some.Trial(status: TrialStatus.Unusable, reason: "collapsed; try 'mining' semi-hard");
        return trial with { Result = trial.Result! with { Findings = [new(FindingKind.OneSidedPairs, "10 of 1,000 pairs are different", "try 'balance' 0.5")] } };
    }
}
