using Siamese.EndToEnd.Tests.Processes;
using Siamese.EndToEnd.Tests.Sweeps;

namespace Siamese.EndToEnd.Tests.Verdicts;

public sealed class EvaluateTests(SweptHome swept) : IClassFixture<SweptHome>
{
    private readonly Home _home = swept.Home;

    [Fact]
    public async Task Evaluation_matches_the_error_rate_of_the_sweep_and_repeats_exactly_on_the_same_draw()
    {
        string[] line = ["evaluate", "first", "--pairs", "4000"];

        var evaluation = await _home.Ask([.. line, "--roc", "roc.csv", "--det", "det.csv"]);

        var eer = evaluation.At("pairs").At("ensemble").At("eer");
        Assert.Equal(swept.Document.At("test").Number("eer"), eer.Number("value"), 0.02);
        Assert.InRange(eer.Number("value"), eer.Number("low"), eer.Number("high"));
        Assert.Equal(("mnist-mini", "test", 10_000), (evaluation.At("images").Text("data"), evaluation.At("images").Text("choice"), evaluation.At("images").Number("count")));
        var (roc, det) = (File.ReadAllLines(Path.Combine(_home.Work, "roc.csv")), File.ReadAllLines(Path.Combine(_home.Work, "det.csv")));
        Assert.Equal(("threshold,far,tar", "threshold,far,frr"), (roc[0], det[0]));
        Assert.EndsWith(",0,0", roc[1], StringComparison.Ordinal);
        Assert.EndsWith(",1,1", roc[^1], StringComparison.Ordinal);
        Assert.Equal(roc.Length, det.Length);
        Assert.Equal(eer.Number("value"), (await _home.Ask(line)).At("pairs").At("ensemble").At("eer").Number("value"));

        var shot = (await _home.Ask("evaluate", "first", "--protocol", "one-shot", "--ways", "5", "--trials", "100")).At("oneShot");
        Assert.InRange(shot.At("accuracy").Number("value"), 0.3, 1); // One epoch; 0.2 is chance.
        (await _home.Client("evaluate", "first", "--roc", "../work")).Refuses(2, "is a folder");
    }
}
