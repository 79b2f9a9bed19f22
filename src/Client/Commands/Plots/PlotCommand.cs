using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Drawing;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Maps;
using Siamese.Plots;
using Siamese.Plots.Drawing;
using Spectre.Console;

namespace Siamese.Client.Commands.Plots;

/// <summary>`plot SWEEP|ENSEMBLE --out DIR`: writes the plots of a sweep and its ensemble as SVG and PNG files.</summary>
internal sealed class PlotCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _name = new("SWEEP|ENSEMBLE") { Description = "Sweep, whose ensemble is drawn too; or an ensemble, such as digits, or digits@3 for version 3." };
    private readonly Option<string?> _out = new("--out") { Description = "Folder to write to; created if missing.", HelpName = "DIR" };

    private readonly Option<string[]> _classes = new("--classes") { Description = "Classes on the embedding map, separated by commas. All by default.", HelpName = "NAMES", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _shifts = new("--shifts") { Description = "Draw shifted copies of each image on the embedding map." };

    public Command Describe()
    {
        var command = new Command("plot", "Draw the trials of a sweep and its ensemble, as SVG and PNG files.") { _name, _out, _classes, _shifts };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var (name, version) = EnsembleName.Read(_name.Name, line.GetRequiredValue(_name));
        var folder = OutputFolder.Make(_out.Name, line.GetValue(_out));
        var map = new EmbeddingMapRequest
        {
            Classes = [.. (line.GetValue(_classes) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            HasShifts = line.GetValue(_shifts),
        };
        await using var calls = surroundings.To(common.Cluster(line));
        var findings = await new Collecting(surroundings, calls, map).Of(name, version);
        var plots = new List<PlotsDocument.Plot>();
        foreach (var picture in Pictures.Of(Format.File, findings))
        {
            plots.Add(new(
                picture.Title,
                await OutputFolder.Write(folder, $"{picture.Name}.svg", [.. Svg.File(picture)], surroundings.End),
                await OutputFolder.Write(folder, $"{picture.Name}.png", [.. Png.File(picture)], surroundings.End)));
        }

        if (plots.Count == 0)
            throw new BadInputException($"There is nothing to draw of the sweep '{name}' yet; `client watch {name}` waits for its end.");
        surroundings.Terminal.Answer(format, new PlotsDocument(folder, plots, findings.Remarks), PlotsJson.Default.PlotsDocument, console => Write(console, plots, findings.Remarks));
        return ExitCode.Done;
    }

    private static void Write(IAnsiConsole console, List<PlotsDocument.Plot> plots, IReadOnlyList<string> remarks)
    {
        foreach (var plot in plots)
            console.WriteLine($"{plot.Svg}, {plot.Png}: {plot.Title}");
        foreach (var remark in remarks)
            console.WriteLine(remark);
    }
}

/// <summary>The files that `plot` wrote.</summary>
/// <param name="Remarks">What could not be drawn, and why.</param>
internal sealed record PlotsDocument(string Folder, IReadOnlyList<PlotsDocument.Plot> Plots, IReadOnlyList<string> Remarks)
{
    /// <summary>One plot, as two files.</summary>
    internal sealed record Plot(string Title, string Svg, string Png);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PlotsDocument))]
internal sealed partial class PlotsJson : JsonSerializerContext;
