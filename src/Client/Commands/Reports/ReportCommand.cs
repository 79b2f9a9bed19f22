using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Plots;
using Siamese.Client.Commands.Samples;
using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Maps;
using Siamese.Plots;
using Spectre.Console;

namespace Siamese.Client.Commands.Reports;

/// <summary>`report SWEEP --out FILE`: writes everything about a sweep and its ensemble into one file for a browser.</summary>
internal sealed class ReportCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();
    private readonly Option<string?> _out = new("--out") { Description = "File to write. [default: SWEEP.html]", HelpName = "FILE" };

    public Command Describe()
    {
        var command = new Command("report", "Write everything about a sweep and its ensemble into one HTML file, for people without access to the cluster.") { _sweep, _out };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        var file = line.GetValue(_out) ?? $"{sweep}.html";
        OutputFile.Check(_out.Name, file);
        await using var calls = surroundings.To(common.Cluster(line));
        await SweepLookup.Require(calls, sweep, surroundings.End);
        var findings = await new Collecting(surroundings, calls, new EmbeddingMapRequest()).Of(sweep, version: null);
        List<string> remarks = [.. findings.Remarks];
        var worst = await Worst(calls, findings.Sweep!, remarks);
        var page = SweepPage.Of(findings.Sweep!, findings.Ensemble, worst, remarks);
        OutputFile.Write(_out.Name, file, stream => stream.Write(page));
        surroundings.Terminal.Answer(format, new ReportDocument(file, remarks), ReportJson.Default.ReportDocument, console =>
        {
            console.WriteLine($"Wrote {file}; open it in a browser.");
            foreach (var remark in remarks)
                console.WriteLine(remark);
        });
        return ExitCode.Done;
    }

    /// <summary>The images of the ensemble's worst mistakes; none, with a remark, if the data is no longer there.</summary>
    private async Task<IReadOnlyList<WorstImage>> Worst(Calls calls, SweepFindings sweep, List<string> remarks)
    {
        if (sweep.Progress is not { Result: { Worst.IsDefaultOrEmpty: false } result, Plan: { } plan })
            return [];
        try
        {
            var images = await WorstImages.Show(calls, result, plan, surroundings.End);
            return [.. result.Worst.Zip(images, (pair, image) => new WorstImage(pair, image))];
        }
        catch (Exception e) when (e is BadInputException or RefusedException)
        {
            remarks.Add($"Without images of its worst mistakes: {e.Message}");
            return [];
        }
    }
}

/// <summary>The file that `report` wrote.</summary>
/// <param name="Remarks">What it lacks, and why.</param>
internal sealed record ReportDocument(string File, IReadOnlyList<string> Remarks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
