using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class LostClientTests
{
    [Fact]
    public async Task A_killed_client_does_not_affect_its_sweep()
    {
        await using var home = new Home();
        await using var silo = await HandStartedSilo.Start(home, "--slots", "1");
        await using var client = home.StartClient(
            "sweep", "--data", SmallData.Folder, "--margins", "1,2", "--epochs", "2", "--name", "left", "--silo", silo.Gateway);
        await client.Until(() => silo.Began().Count > 0, "a trial had begun");

        client.Signal(Signals.Kill);
        await client.Ends();

        var sweep = await home.Ask("watch", "left", "--silo", silo.Gateway);
        Assert.Equal(2, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.Equal(2, silo.Began().Count);
    }
}
