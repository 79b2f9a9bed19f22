using System.Text.Json;
using System.Xml.Linq;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Commands.Plots;

public sealed class PlotCommandTests
{
    private static readonly string[] _ofTheSweep =
        ["best-so-far", "eer-by-epoch", "eer-by-learning-rate", "eer-by-loss", "eer-by-margin", "importance", "parallel-coordinates"];

    private static readonly string[] _ofTheEnsemble = ["det", "embedding-map", "member-errors", "member-weights", "probability", "reliability", "roc"];

    [Fact]
    public async Task A_sweep_and_its_ensemble_are_drawn_as_svg_and_png()
    {
        using var client = SomeSweep.Client();
        var folder = Path.Combine(client.Home, "plots");

        Assert.Equal(0, await client.Run("plot", "zolaki-47", "--out", folder));
        Assert.Equal("", client.Error);
        Assert.Equal(_ofTheSweep.Concat(_ofTheEnsemble).Order(StringComparer.Ordinal), Names(folder, ".svg"));
        Assert.Equal(Names(folder, ".svg"), Names(folder, ".png"));
        Assert.Equal(_ofTheSweep.Length + _ofTheEnsemble.Length, client.Out.Count(c => c == '\n'));
    }

    [Fact]
    public async Task The_same_sweep_gives_the_same_bytes()
    {
        using var client = SomeSweep.Client();
        var (first, second) = (Path.Combine(client.Home, "first"), Path.Combine(client.Home, "second"));

        Assert.Equal(0, await client.Run("plot", "zolaki-47", "--out", first));
        Assert.Equal(0, await client.Run("plot", "zolaki-47", "--out", second));
        Assert.All(Directory.GetFiles(first), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second, Path.GetFileName(file)))));
    }

    [Fact]
    public async Task Curves_are_labelled_by_what_varies_and_each_completed_trial_is_a_dot()
    {
        using var client = SomeSweep.Client();
        var folder = Path.Combine(client.Home, "plots");

        Assert.Equal(0, await client.Run("plot", "zolaki-47", "--out", folder));
        var curves = Svg(folder, "eer-by-epoch");
        Assert.Contains(Texts(curves), text => text.StartsWith("loss contrastive, margin 1", StringComparison.Ordinal));
        Assert.Contains("Validation EER (%)", Texts(curves));
        Assert.Equal(10, curves.Descendants().Count(element => element.Name.LocalName == "circle"));
        Assert.Equal(12, Svg(folder, "eer-by-margin").Descendants().Count(element => element.Name.LocalName == "circle"));
        Assert.Equal(12, Svg(folder, "best-so-far").Descendants().Count(element => element.Name.LocalName == "circle"));
    }

    [Fact]
    public async Task All_trials_that_have_ended_are_asked_for_though_an_answer_has_only_some()
    {
        using var client = SomeSweep.Client();

        Assert.Equal(0, await client.Run("plot", "zolaki-47", "--out", Path.Combine(client.Home, "plots")));
        Assert.Equal(["GetProgress 0", "GetProgress 5", "GetProgress 10"], client.Sweep.Calls);
    }

    [Fact]
    public async Task What_only_follows_from_other_hyperparameters_is_not_drawn()
    {
        using var client = SomeSweep.Client();
        client.Sweep.Importance = Some.Importance();
        var folder = Path.Combine(client.Home, "plots");

        Assert.Equal(0, await client.Run("plot", "zolaki-47", "--out", folder));
        Assert.DoesNotContain("eer-by-margin", Names(folder, ".svg"));
        Assert.DoesNotContain("margin", Texts(Svg(folder, "parallel-coordinates")));
        Assert.Contains("eer-by-loss", Names(folder, ".svg"));
    }

    [Fact]
    public async Task A_version_of_an_ensemble_is_drawn_alone()
    {
        using var client = SomeSweep.Client();
        var folder = Path.Combine(client.Home, "plots");

        Assert.Equal(0, await client.Run("plot", "zolaki-47@2", "--out", folder));
        Assert.Equal(_ofTheEnsemble, Names(folder, ".svg"));
        Assert.Equal(2, Assert.Single(client.Cluster.TheEvaluation.Started).Version);
        Assert.Contains("Weights of the members of zolaki-47, version 2", Texts(Svg(folder, "member-weights")));
    }

    [Fact]
    public async Task An_embedding_map_has_an_image_at_each_place()
    {
        using var client = SomeSweep.Client();
        var folder = Path.Combine(client.Home, "plots");

        Assert.Equal(0, await client.Run("plot", "zolaki-47@2", "--out", folder, "--classes", "4,9", "--shifts"));
        var request = Assert.Single(client.Cluster.TheMap.Drawn);
        Assert.Equal((2, "4 9", true), (request.Version, string.Join(' ', request.Classes), request.HasShifts));
        var map = Svg(folder, "embedding-map");
        var images = map.Descendants().Where(element => element.Name.LocalName == "image").ToList();
        Assert.Equal(3, images.Count);
        Assert.All(images, image => Assert.StartsWith("data:image/png;base64,iVBOR", image.Attribute("href")!.Value, StringComparison.Ordinal));
        Assert.Contains("4, test image 7, shifted by 3", map.Descendants().Where(element => element.Name.LocalName == "title").Select(title => title.Value));
        Assert.Contains("First component (75.00 % of the variance)", Texts(map));
    }

    [Fact]
    public async Task What_cannot_be_drawn_is_reported_with_the_reason()
    {
        using var client = SomeSweep.Client();
        client.Sweep.Refusal = new BadInputException("Fewer than two trials have ended with an EER.");
        client.Cluster.TheEvaluation.Refusal = new BadInputException("The data 'digits' is missing.");
        client.Cluster.TheMap.Refusal = new BadInputException("'shifts' applies to images, not to pen strokes.");
        var folder = Path.Combine(client.Home, "plots");

        Assert.Equal(0, await client.Run("plot", "zolaki-47", "--out", folder, "--format", "json"));
        Assert.Equal(
            ["Without the importance of hyperparameters: Fewer than two trials have ended with an EER.", "Without ROC and DET curves: The data 'digits' is missing.", "Without the embedding map: 'shifts' applies to images, not to pen strokes."],
            JsonDocument.Parse(client.Out).RootElement.GetProperty("remarks").EnumerateArray().Select(remark => remark.GetString()!));
        Assert.DoesNotContain("roc", Names(folder, ".svg"));
        Assert.DoesNotContain("importance", Names(folder, ".svg"));
    }

    [Fact]
    public async Task A_sweep_without_results_has_nothing_to_draw()
    {
        using var client = new ClientRun();
        client.Cluster.HasNoEnsembles = true;
        client.Sweep.Trials.Clear();
        client.Sweep.Refusal = new BadInputException("Too few trials.");
        client.Sweep.Answer(Some.Progress(SweepPhase.Running));

        Assert.Equal(2, await client.Run("plot", "mine", "--out", Path.Combine(client.Home, "plots")));
        Assert.Equal("There is nothing to draw of the sweep 'mine' yet; `client watch mine` waits for its end.\n", client.Error);
    }

    [Theory]
    [InlineData("nope", "There is no sweep and no ensemble 'nope'; `client status` lists all sweeps, `client ensembles` all ensembles.\n")]
    [InlineData("nope@3", "There is no ensemble 'nope'; `client ensembles` lists all ensembles.\n")]
    public async Task An_unknown_name_is_reported(string name, string message)
    {
        using var client = new ClientRun();
        client.Cluster.HasNoEnsembles = true;

        Assert.Equal(2, await client.Run("plot", name, "--out", Path.Combine(client.Home, "plots")));
        Assert.Equal(message, client.Error);
    }

    [Fact]
    public async Task A_version_that_does_not_exist_is_reported()
    {
        using var client = new ClientRun();

        Assert.Equal(2, await client.Run("plot", "mine@7", "--out", Path.Combine(client.Home, "plots")));
        Assert.Equal("The ensemble 'mine' has no version 7; `client ensembles mine` lists all versions.\n", client.Error);
    }

    private static XDocument Svg(string folder, string name) => XDocument.Load(Path.Combine(folder, $"{name}.svg"));

    private static List<string> Texts(XDocument svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static IEnumerable<string> Names(string folder, string extension) =>
        Directory.GetFiles(folder, $"*{extension}").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}
