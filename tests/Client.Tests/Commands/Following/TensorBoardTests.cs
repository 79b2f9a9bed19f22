using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands.Following;

public sealed class TensorBoardTests
{
    [Fact]
    public async Task Each_trial_that_ends_has_an_event_file_in_a_folder_of_its_own()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(
            Some.Progress(SweepPhase.Running, Some.Trial()) with { CursorEnd = 1 },
            Some.Completed(Some.Trial("b5d1aa0011223344", margin: 5), Some.Trial("c0ffee0011223344", status: TrialStatus.Waiting)));
        var folder = Path.Combine(client.Home, "events");

        Assert.Equal(0, await client.Run("watch", "zolaki-47", "--tensorboard", folder));
        Assert.Equal(
            ["zolaki-47/3fa94c21/events.out.tfevents.-62135596800.siamese", "zolaki-47/b5d1aa00/events.out.tfevents.-62135596800.siamese"],
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Contains("3fa94c21", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_writes_for_a_sweep_that_is_left_at_once()
    {
        using var client = new ClientRun();

        Assert.Equal(2, await client.Run("sweep", "--margins", "2", "--name", "mine", "--detach", "--tensorboard", Path.Combine(client.Home, "events")));
        Assert.Equal("--tensorboard: with --detach, nobody is there to write; leave out --detach, or follow the sweep with `client watch mine --tensorboard DIR`.\n", client.Error);
        Assert.Null(client.Sweep.Submitted);
    }
}
