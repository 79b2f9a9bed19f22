using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands.Sweeps;

public sealed class SweepCommandTests
{
    [Fact]
    public async Task A_sweep_is_submitted_followed_and_reported()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(
            Some.Progress(SweepPhase.Preparing),
            Some.Progress(SweepPhase.Running) with { Running = [Some.Running()] },
            Some.Progress(SweepPhase.Running, Some.Trial()),
            Some.Progress(SweepPhase.Forming) with { Cursor = 1, EndedInAll = 1, CursorEnd = 1 },
            Some.Completed() with { Cursor = 1, EndedInAll = 1, CursorEnd = 1 });

        Assert.Equal(0, await client.Run("sweep", "--margins", "1,2,5"));
        Assert.Equal(["Submit", "GetProgress 0", "GetProgress 0", "GetProgress 0", "GetProgress 1", "GetProgress 1"], client.Sweep.Calls);
        Assert.Contains("Sweep zolaki-47: 3 trials on 2 slots, data mnist-mini", client.Out, StringComparison.Ordinal);
        Assert.Contains("about 1 min 35 s.", client.Out, StringComparison.Ordinal);
        Assert.Contains("Pairs are balanced.", client.Out, StringComparison.Ordinal);
        Assert.Contains("3fa94c21: completed, validation EER 2.31 %, 41 s", client.Out, StringComparison.Ordinal);
        Assert.Contains("client verdict A.png B.png --ensemble zolaki-47", client.Out, StringComparison.Ordinal);
        Assert.Empty(client.Error);
    }

    [Fact]
    public async Task All_trials_are_fetched_before_the_sweep_counts_as_ended()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(
            Some.Completed(Some.Trial("a")) with { EndedInAll = 2, CursorEnd = 2 },
            Some.Completed(Some.Trial("b")) with { Cursor = 2, EndedInAll = 2, CursorEnd = 2 });

        Assert.Equal(0, await client.Run("sweep"));
        Assert.Equal(["Submit", "GetProgress 0", "GetProgress 1"], client.Sweep.Calls);
    }

    [Fact]
    public async Task A_rejected_sweep_exits_with_2_and_its_problem()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(
            Some.Progress(SweepPhase.Preparing), Some.Progress(SweepPhase.Rejected) with { Problem = "train-images-idx3-ubyte is cut short." });

        Assert.Equal(2, await client.Run("sweep"));
        Assert.EndsWith("train-images-idx3-ubyte is cut short.\n", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_silo_exits_with_2_and_its_message()
    {
        using var client = new ClientRun();
        client.Sweep.Refusal = new BadInputException("There is no encoder 'resnet'; use one of conv, article.");

        Assert.Equal(2, await client.Run("sweep", "--encoders", "resnet"));
        Assert.Equal("There is no encoder 'resnet'; use one of conv, article.\n", client.Error);
    }

    [Fact]
    public async Task Without_a_usable_member_the_client_exits_with_1_and_prints_the_reasons()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Completed));
        client.Sweep.Trials.Clear();
        client.Sweep.Trials.Add(Some.Trial(status: TrialStatus.Unusable, reason: "collapsed: spread 0.003"));

        Assert.Equal(1, await client.Run("sweep"));
        Assert.Contains("3fa94c21 unusable: collapsed: spread 0.003", client.Out, StringComparison.Ordinal);
        Assert.Contains("No trial qualifies as a member", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_sweep_exits_with_130()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Running), Some.Progress(SweepPhase.Cancelled, Some.Trial()));

        Assert.Equal(130, await client.Run("sweep"));
    }

    [Fact]
    public async Task An_unanswered_call_is_repeated()
    {
        using var client = new ClientRun();
        client.Sweep
            .Do(() => throw new TimeoutException())
            .Do(() => throw new SiloUnavailableException("gone"))
            .Answer(Some.Completed(Some.Trial()));

        Assert.Equal(0, await client.Run("sweep"));
    }

    [Fact]
    public async Task A_cluster_that_stays_silent_exits_with_3_and_one_sentence()
    {
        using var client = new ClientRun();
        client.Sweep.Do(() => throw new TimeoutException());

        Assert.Equal(3, await client.Run("sweep"));
        Assert.Equal("No answer from the fake cluster for 60 s; what it has finished is kept.\n", client.Error);
    }

    [Fact]
    public async Task An_internal_error_exits_with_70_and_one_sentence_and_the_log_has_the_rest()
    {
        using var client = new ClientRun();
        client.Sweep.Do(() => throw new InvalidOperationException("a\nfault"));

        Assert.Equal(70, await client.Run("sweep"));
        var log = Path.Combine(client.Home, "logs", "client.log");
        Assert.Equal($"Internal error: a fault (details are in {log})\n", client.Error);
        Assert.Contains("InvalidOperationException", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_document_and_everything_else_is_on_standard_error()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Running, Some.Trial()), Some.Completed() with { Cursor = 1, EndedInAll = 1, CursorEnd = 1 });

        Assert.Equal(0, await client.Run("sweep", "--format", "json"));
        using var document = JsonDocument.Parse(client.Out);
        Assert.Equal("zolaki-47", document.RootElement.GetProperty("ensemble").GetString());
        Assert.Contains("completed, validation EER", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_a_json_sweep_is_rejected_standard_output_stays_empty()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Rejected) with { Problem = "Bad." });

        Assert.Equal(2, await client.Run("sweep", "--format", "json"));
        Assert.Empty(client.Out);
    }

    [Fact]
    public async Task A_detached_sweep_returns_once_the_data_is_read()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Progress(SweepPhase.Preparing), Some.Progress(SweepPhase.Running));

        Assert.Equal(0, await client.Run("sweep", "--name", "mine", "--detach"));
        Assert.Contains("client watch mine", client.Out, StringComparison.Ordinal);
        Assert.Equal(["Submit", "GetProgress 0", "GetProgress 0"], client.Sweep.Calls);
    }

    [Fact]
    public async Task Slots_limit_the_sweep_and_the_silo_that_is_started()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));

        await client.Run("sweep", "--slots", "1");
        Assert.Equal((1, 1), (client.Sweep.Submitted!.Slots, client.Cluster.Connections[0].Slots));
        Assert.Contains("3 trials on 1 slot,", client.Out, StringComparison.Ordinal);
    }
}
