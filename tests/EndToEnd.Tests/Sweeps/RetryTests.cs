using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

public sealed class RetryTests(SampledHome sampled) : IClassFixture<SampledHome>
{
    private readonly Home _home = sampled.Home;

    [Fact]
    public async Task Retry_resumes_a_failed_trial_from_its_checkpoint()
    {
        sampled.CopyClasses("mine");
        var (there, gone) = (Path.Combine(_home.Work, "mine"), Path.Combine(_home.Work, "gone"));
        await _home.Ask("sweep", "--data", "mine", "--epochs", "25", "--steps", "20", "--batch-sizes", "40", "--name", "r", "--detach");
        await _home.CheckpointIsRegistered();
        await _home.KillSilo();
        Directory.Move(there, gone);

        var failed = (await _home.Client("watch", "r")).Exits(1);

        Assert.Contains("failed: ", failed.Out, StringComparison.Ordinal);
        Assert.Contains($"{there} does not exist", failed.Out, StringComparison.Ordinal);
        Assert.Contains("(failed on all 3 tries)", failed.Out, StringComparison.Ordinal);

        Directory.Move(gone, there);
        var sweep = await _home.Ask("retry", "r");

        Assert.Equal("completed", Assert.Single(sweep.List("trials")).Text("status"));
        Assert.Equal("r", sweep.Text("ensemble"));
        Assert.Contains("training starts under lease 5, from epoch", _home.SiloLog, StringComparison.Ordinal);
        Assert.Equal("No trial of sweep r failed.\n", (await _home.Client("retry", "r", "--detach")).Exits(0).Out);
    }
}
