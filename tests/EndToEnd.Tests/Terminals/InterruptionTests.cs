using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Terminals;

/// <summary>Ctrl-C as a person presses it, through a pseudo-terminal.</summary>
public sealed class InterruptionTests
{
    private const string CtrlC = "\x03";
    private const string Question = "leave it going without this client (g), finish it with what is trained (f), cancel it (c), or keep watching (w)?";

    private static readonly string _onSmallData = $"--data '{SmallData.Folder}'";

    [FactOnTerminal]
    public async Task Ctrl_c_asks_and_g_leaves_the_sweep_running_to_its_end()
    {
        await using var home = new Home();
        await using var client = OnTerminal(home, $"sweep {_onSmallData} --margins 1 --epochs 4 --name left");
        await Interrupt(client);

        await client.Type("g");

        var outcome = (await client.Ends()).Exits(130);
        Assert.Contains("client watch left", outcome.Out, StringComparison.Ordinal);
        var sweep = await home.Ask("watch", "left");
        Assert.Equal("left", sweep.Text("ensemble"));
        Assert.All(sweep.List("trials"), trial => Assert.Equal("completed", trial.Text("status")));
        Assert.Single(Began(home));
    }

    [FactOnTerminal]
    public async Task Ctrl_c_asks_and_c_cancels_the_sweep()
    {
        await using var home = new Home();
        await using var client = OnTerminal(home, $"sweep {_onSmallData} --margins 1 --epochs 100000 --patience 0 --name ended");
        await Interrupt(client);

        // An invalid answer is ignored.
        await client.Type("xc");

        (await client.Ends()).Exits(130);
        Assert.Equal("cancelled", (await home.Ask("status", "ended")).Text("phase"));
    }

    [FactOnTerminal]
    public async Task Ctrl_c_asks_and_f_finishes_the_sweep()
    {
        await using var home = new Home();
        await using var client = OnTerminal(home, $"sweep {_onSmallData} --margins 1 --steps 2 --epochs 10000 --patience 0 --name enough");
        await Interrupt(client);

        await client.Type("f");

        var outcome = (await client.Ends()).Exits(0);
        Assert.Contains("It was finished early, as requested.", outcome.Out, StringComparison.Ordinal);
    }

    [FactOnTerminal]
    public async Task Ctrl_c_asks_and_w_keeps_watching_and_ctrl_c_asks_again()
    {
        await using var home = new Home();
        await using var client = OnTerminal(home, $"sweep {_onSmallData} --margins 1 --epochs 100000 --patience 0 --name watched");
        await Interrupt(client);
        await client.Type("w");
        await client.Says("\e[?25l", times: 2);
        await client.Type(CtrlC);
        await client.Says(Question, times: 2);

        await client.Type("c");

        (await client.Ends()).Exits(130);
    }

    [FactOnTerminal]
    public async Task A_second_ctrl_c_ends_the_client_immediately_and_the_silo_continues()
    {
        await using var home = new Home();
        await using var client = OnTerminal(home, $"sweep {_onSmallData} --margins 1 --epochs 4 --name abandoned");
        await Interrupt(client);

        await client.Type(CtrlC);

        var outcome = (await client.Ends()).Exits(130);
        Assert.Contains("client watch abandoned", outcome.Out, StringComparison.Ordinal);
        Assert.Single(home.Silos);
        var sweep = await home.Ask("watch", "abandoned");
        Assert.All(sweep.List("trials"), trial => Assert.Equal("completed", trial.Text("status")));
        Assert.Single(Began(home));
    }

    [FactOnTerminal]
    public async Task The_client_asks_before_training_more_than_200_trials_and_no_trains_nothing()
    {
        await using var home = new Home();
        var seeds = string.Join(',', Enumerable.Range(1, 201));
        await using var client = OnTerminal(home, $"sweep --seeds {seeds} --name many");
        await client.Says("Train 201 trials (y/n)?");

        await client.Type("n");

        (await client.Ends()).Exits(130);
        Assert.Empty((await home.Ask("status")).List("sweeps"));
        Assert.Empty(Began(home));
    }

    [FactOnTerminal]
    public async Task Lines_are_redrawn_and_the_cursor_is_shown_again_at_the_end()
    {
        await using var home = new Home();
        await using var client = OnTerminal(home, $"sweep {_onSmallData} --margins 1 --epochs 2");

        var outcome = (await client.Ends()).Exits(0);

        Assert.Contains("epoch 1/2", outcome.Out, StringComparison.Ordinal);
        Assert.True(
            outcome.Out.LastIndexOf("\e[?25h", StringComparison.Ordinal) > outcome.Out.LastIndexOf("\e[?25l", StringComparison.Ordinal),
            outcome.ToString());
    }

    [Fact]
    public async Task Without_a_terminal_sigterm_ends_the_client_and_the_sweep_continues()
    {
        await using var home = new Home();
        await using var client = home.StartClient("sweep", "--data", SmallData.Folder, "--margins", "1", "--epochs", "2", "--name", "onward");
        await client.Says("Sweep onward: 1 trial");

        client.Signal(Signals.Terminate);

        Assert.Contains("client watch onward", (await client.Ends()).Exits(130).Error, StringComparison.Ordinal);
        Assert.Equal("onward", (await home.Ask("watch", "onward")).Text("ensemble"));
    }

    /// <summary>Presses Ctrl-C once there is something to interrupt, and waits for the question.</summary>
    private static async Task Interrupt(RunningProgram client)
    {
        await client.Says("epoch ");
        await client.Type(CtrlC);
        await client.Says(Question);
    }

    private static RunningProgram OnTerminal(Home home, string arguments) =>
        // Tests that run in the background of a shell inherit that Ctrl-C is ignored.
        home.Start("script", ["-qefc", $"stty cols 100 rows 24; exec env --default-signal=INT '{Built.Client}' {arguments}", "/dev/null"], ("TERM", "xterm"));

    private static IEnumerable<string> Began(Home home) =>
        home.SiloLog.Split('\n').Where(line => line.Contains("training starts", StringComparison.Ordinal));
}
