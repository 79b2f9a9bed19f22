using System.Text.Json;
using System.Text.RegularExpressions;
using Siamese.Client.Tests.Commands.Plots;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Commands.Reports;

public sealed partial class ReportCommandTests
{
    [Fact]
    public async Task A_report_has_the_trials_the_ensemble_the_plots_and_the_worst_mistakes()
    {
        var page = await Report();

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Equal(
            ["Ensemble", "Plots", "Data and settings", "Which hyperparameters mattered", "Trials", "Worst mistakes on test pairs"],
            Headings().Matches(page).Select(heading => heading.Groups[1].Value));
        Assert.Equal(14, SvgElements().Count(page));
        Assert.Contains("<td>00000005</td>", page, StringComparison.Ordinal);
        Assert.Contains("waiting for a free slot", page, StringComparison.Ordinal);
        Assert.Contains("1.01 to 1.44", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,BwM=\"", page, StringComparison.Ordinal);
        Assert.Contains("mnist-mini, 10 classes", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_from_the_cluster_are_escaped()
    {
        var page = await Report();

        Assert.Contains("collapsed &lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Namespaces are addresses, but nobody opens them.</summary>
    [Fact]
    public async Task A_report_loads_nothing_from_elsewhere()
    {
        var page = await Report();

        Assert.DoesNotMatch(Elsewhere(), page);
        Assert.Equal(["http://www.w3.org/2000/svg"], Addresses().Matches(page).Select(address => address.Value).Distinct());
    }

    [Fact]
    public async Task A_report_is_for_light_and_for_dark_screens_and_for_narrow_ones()
    {
        var page = await Report();

        Assert.Contains("color-scheme:light dark", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
        Assert.Contains("width=device-width", page, StringComparison.Ordinal);
        Assert.DoesNotContain("&", Style().Match(page).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_sweep_gives_the_same_report() => Assert.Equal(await Report(), await Report());

    [Fact]
    public async Task What_a_report_lacks_is_in_it_and_printed()
    {
        using var client = SomeSweep.Client();
        client.Sweep.Refusal = new BadInputException("Too few trials.");
        var file = client.Write("report.html", "an earlier one");

        Assert.Equal(0, await client.Run("report", "zolaki-47", "--out", file, "--format", "json"));
        var remark = Assert.Single(JsonDocument.Parse(client.Out).RootElement.GetProperty("remarks").EnumerateArray()).GetString();
        Assert.Equal("Without the importance of hyperparameters: Too few trials.", remark);
        Assert.Contains(remark!, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_has_just_begun_has_a_report()
    {
        using var client = new ClientRun();
        client.Cluster.HasNoEnsembles = true;
        client.Sweep.Trials.Clear();
        client.Sweep.Refusal = new BadInputException("Too few trials.");
        client.Sweep.Answer(Some.Progress(SweepPhase.Preparing));
        var file = client.Write("report.html", "");

        Assert.Equal(0, await client.Run("report", "mine", "--out", file));
        Assert.Contains("It has no ensemble yet.", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    private static async Task<string> Report()
    {
        using var client = SomeSweep.Client();
        var file = client.Write("report.html", "");
        Assert.Equal(0, await client.Run("report", "zolaki-47", "--out", file));
        Assert.Equal($"Wrote {file}; open it in a browser.\n", client.Out);
        return await File.ReadAllTextAsync(file);
    }

    [GeneratedRegex("<h2>([^<]*)</h2>")]
    private static partial Regex Headings();

    [GeneratedRegex("<svg ")]
    private static partial Regex SvgElements();

    [GeneratedRegex("(?:src|href)=\"(?!data:)|url\\(|@import|<iframe|<object", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("https?://[^\"'<> ]+")]
    private static partial Regex Addresses();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
