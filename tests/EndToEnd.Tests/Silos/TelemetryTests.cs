using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_and_metrics_of_a_sweep_appear_on_the_silos_console()
    {
        await using var home = new Home();
        await using var silo = await HandStartedSilo.Start(home, "--telemetry", "console");

        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--silo", silo.Gateway]);

        await silo.Program.Until(() => silo.Log.Contains("siamese.trials.ended", StringComparison.Ordinal), "it exported its metrics");
        Assert.Matches(@"Activity\.DisplayName:\s+trial\.train", silo.Log);
        Assert.Matches("TraceId:[0-9a-f]{32} .*training starts", silo.Log);
        string[] metrics = ["siamese.sweeps.submitted", "siamese.trials.ended", "siamese.epochs", "siamese.trial.duration"];
        Assert.All(metrics, metric => Assert.Contains(metric, silo.Log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_option_there_is_no_telemetry()
    {
        await using var home = new Home();
        await using var silo = await HandStartedSilo.Start(home);

        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--silo", silo.Gateway]);

        Assert.Contains("training starts", silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Activity.", silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("TraceId", silo.Log, StringComparison.Ordinal);
    }
}
