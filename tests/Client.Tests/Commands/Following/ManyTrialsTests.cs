using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Commands.Following;

public sealed class ManyTrialsTests
{
    private static readonly string[] _manyTrials = ["sweep", "--seeds", string.Join(',', Enumerable.Range(0, 201))];

    [Fact]
    public async Task Above_200_trials_a_yes_starts_them()
    {
        using var client = new ClientRun { Keys = new("xy") };
        client.Sweep.Answer(Some.Progress(SweepPhase.Prepared), Some.Progress(SweepPhase.Running), Some.Completed(Some.Trial()));

        Assert.Equal(0, await client.Run(_manyTrials));
        Assert.False(client.Sweep.Submitted!.StartWhenPrepared);
        Assert.Contains("Start", client.Sweep.Calls);
        Assert.StartsWith("Train 3 trials (y/n)? ", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_removes_the_sweep_and_exits_with_130()
    {
        using var client = new ClientRun { Keys = new("n") };
        client.Sweep.Answer(Some.Progress(SweepPhase.Prepared));

        Assert.Equal(130, await client.Run(_manyTrials));
        Assert.Equal(["Submit", "GetProgress 0", "Remove"], client.Sweep.Calls);
    }

    [Fact]
    public async Task The_yes_option_skips_the_question()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));

        Assert.Equal(0, await client.Run([.. _manyTrials, "--yes"]));
        Assert.True(client.Sweep.Submitted!.StartWhenPrepared);
    }

    [Fact]
    public async Task Watching_a_sweep_that_waits_for_a_yes_exits_with_2_without_a_terminal()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Prepared));

        Assert.Equal(2, await client.Run("watch", "mine"));
        Assert.Contains("waits for confirmation of its 3 trials", client.Error, StringComparison.Ordinal);
    }
}
