using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class StopTests
{
    /// <summary>128 + SIGTERM: it ended before it could say what to do when it is stopped.</summary>
    private const int EndedBySignal = 143;

    [Fact]
    public async Task A_silo_that_is_stopped_while_it_starts_ends_without_a_failure()
    {
        await using var home = new Home();
        var codes = new List<int>();
        for (var wait = TimeSpan.FromSeconds(0.5); wait < TimeSpan.FromSeconds(4); wait += TimeSpan.FromSeconds(0.5))
        {
            await using var silo = home.Start(Built.Silo, ["--slots", "1", "--silo-port", "0", "--gateway-port", "0", "--health-port", "0", "--http", "0"]);
            await Task.Delay(wait);
            silo.Signal(Signals.Terminate);
            var outcome = await silo.Ends();
            Assert.True(outcome.ExitCode is 0 or EndedBySignal, $"Stopped after {wait}.\n{outcome}");
            codes.Add(outcome.ExitCode);
        }

        Assert.Contains(0, codes);
    }

    /// <summary>What native libraries do at the end of a process must not meet a thread that still trains.</summary>
    [Fact]
    public async Task A_silo_that_is_stopped_in_the_middle_of_a_batch_ends_without_a_failure()
    {
        await using var home = new Home();
        await using var silo = home.Start(Built.Silo, ["--local", "--idle-exit", "600"]);
        await silo.Says("Application started");
        (await home.Client("sweep", "--encoders", "residual", "--seeds", "1,2", "--batch-sizes", "1000", "--input-sizes", "56", "--epochs", "1", "--steps", "100", "--detach")).Exits(0);
        await silo.Says("training starts", 2);
        await Task.Delay(TimeSpan.FromSeconds(3));

        silo.Signal(Signals.Terminate);

        (await silo.Ends()).Exits(0);
    }
}
