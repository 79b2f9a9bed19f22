using System.Text.Json;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

public sealed class SweepTests(SweptHome swept) : IClassFixture<SweptHome>
{
    private readonly Home _home = swept.Home;

    [Fact]
    public void A_first_sweep_prints_one_complete_document_on_standard_output()
    {
        var document = swept.Document;

        Assert.Equal(["sweep", "ensemble", "seconds", "stopped", "leftOut", "points", "trials", "test", "bestMember"], document.Names());
        Assert.Equal("first", document.Text("sweep"));
        Assert.Equal("first", document.Text("ensemble"));
        Assert.True(document.Number("seconds") > 0);
        Assert.Equal(["pairs", "images", "eer", "eerLow", "eerHigh", "auc", "accuracy", "tarAtFar01", "tarAtFar001", "againstBestMember", "calibrationError", "memberErrors"], document.At("test").Names());
        Assert.Equal(["trial", "eer", "eerLow", "eerHigh", "auc", "accuracy"], document.At("bestMember").Names());
        Assert.Equal(200_000, document.At("test").Number("pairs"));
        Assert.True(document.At("test").Number("eer") < 0.45);
    }

    [Fact]
    public void Its_document_lists_every_trial_with_hyperparameters_and_metrics_best_first()
    {
        var trials = swept.Document.List("trials");

        Assert.Equal([1.0, 2.0], trials.Select(trial => trial.At("hyperparameters").Number("margin")).Order());
        foreach (var trial in trials)
        {
            Assert.Superset(
                new HashSet<string>
                {
                    "trial", "status", "reused", "hyperparameters", "shard", "seed", "epochs", "seconds", "positives", "negatives",
                    "validation", "reason",
                },
                trial.Names().ToHashSet());
            Assert.Equal("completed", trial.Text("status"));
            Assert.False(trial.At("reused").GetBoolean());
            Assert.Equal(1, trial.Number("epochs"));
            Assert.Equal(["eer", "auc", "accuracy", "tarAtFar01", "tarAtFar001"], trial.At("validation").Names());
            Assert.True(trial.Number("negatives") > trial.Number("positives"));
        }
        var eers = trials.Select(trial => trial.At("validation").Number("eer")).ToList();
        Assert.Equal(eers.Order(), eers);
        Assert.Contains(swept.Document.At("bestMember").Text("trial"), trials.Select(trial => trial.Text("trial")));
    }

    [Fact]
    public void Everything_else_goes_to_standard_error()
    {
        Assert.Contains("Started a local silo", swept.Sweep.Error, StringComparison.Ordinal);
        Assert.Contains("Sweep first: 2 trials", swept.Sweep.Error, StringComparison.Ordinal);
        Assert.Contains("completed, validation EER", swept.Sweep.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeating_a_sweep_reuses_every_trial_and_gives_the_same_result()
    {
        var again = await _home.Ask("sweep", "--margins", "1,2", "--epochs", "1", "--name", "again");

        Assert.All(again.List("trials"), trial => Assert.True(trial.At("reused").GetBoolean()));
        Assert.Equal(Metrics(swept.Document), Metrics(again));
        Assert.Equal("again", again.Text("ensemble"));
        Assert.Equal(swept.Document.At("test").GetRawText(), again.At("test").GetRawText());
    }

    [Fact]
    public async Task An_overlapping_sweep_trains_only_its_new_trials()
    {
        var wider = await _home.Ask("sweep", "--margins", "2,5", "--epochs", "1", "--name", "wider");

        var reused = wider.List("trials").ToDictionary(
            trial => trial.At("hyperparameters").Number("margin"), trial => trial.At("reused").GetBoolean());
        Assert.True(reused[2]);
        Assert.False(reused[5]);
    }

    [Fact]
    public async Task A_trial_retrained_in_another_home_has_bit_identical_metrics()
    {
        await using var other = new Home();

        var alone = await other.Ask("sweep", "--margins", "2", "--epochs", "1", "--slots", "1");

        var trial = Assert.Single(alone.List("trials"));
        Assert.False(trial.At("reused").GetBoolean());
        Assert.Contains(Metric(trial), Metrics(swept.Document));
    }

    [Fact]
    public async Task Without_json_the_output_shows_trials_members_and_test_pairs()
    {
        var text = (await _home.Client("watch", "first")).Exits(0);

        Assert.Contains("2 trials, 2 completed", text.Out, StringComparison.Ordinal);
        Assert.Contains("weight ", text.Out, StringComparison.Ordinal);
        Assert.Contains("On 200,000 held-out test pairs", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text.Out);
    }

    [Fact]
    public async Task A_name_taken_by_another_sweep_is_refused() =>
        (await _home.Client("sweep", "--margins", "4", "--epochs", "1", "--name", "first")).Refuses(2, "first");

    private static IEnumerable<string> Metrics(JsonElement sweep) => sweep.List("trials").Select(Metric);

    private static string Metric(JsonElement trial) => $"{trial.Text("trial")} {trial.At("validation").GetRawText()}";
}
