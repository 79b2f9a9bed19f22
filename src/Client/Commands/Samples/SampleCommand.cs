using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Uploads;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Samples;

/// <summary>`sample --out DIR`: writes a few test images with their labels in the file names, to try `verdict` with.</summary>
internal sealed class SampleCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly DataOptions _data = new();
    private readonly Option<string?> _out = new("--out") { Description = "Folder to write to; created if missing.", HelpName = "DIR" };
    private readonly Option<string> _count = new("--count") { Description = "Number of images.", HelpName = "N", DefaultValueFactory = _ => "10" };
    private readonly Option<string> _seed = new("--seed") { Description = "Seed for drawing the images.", HelpName = "N", DefaultValueFactory = _ => "1" };

    public Command Describe()
    {
        var command = new Command("sample", "Write a few test images as PNG files, pen strokes as CSV files, or vectors as .npy files, to try `verdict` with.") { _out, _count, _seed };
        _data.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var choice = common.Cluster(line);
        var count = Numbers.Whole(_count.Name, line.GetValue(_count) ?? "", least: 1);
        var seed = Numbers.Whole(_seed.Name, line.GetValue(_seed) ?? "", least: 0);
        var data = _data.Read(line);
        var folder = OutputFolder.Make(_out.Name, line.GetValue(_out));
        await using var calls = surroundings.To(choice);
        var source = await new Upload(surroundings, calls).Bring(data, choice);
        var samples = await calls.Make((cluster, token) => cluster.Samples.Draw(source, count, seed, token), surroundings.End);
        var images = new List<SamplesDocument.Image>();
        foreach (var sample in samples)
        {
            var file = await OutputFolder.Write(folder, SampleName.Of(sample), sample.File, surroundings.End);
            // Beside the image under its name, where `verdict` finds them.
            var strokes = sample.Strokes.IsDefault ? null : await OutputFolder.Write(folder, SampleName.OfStrokes(sample), sample.Strokes, surroundings.End);
            images.Add(new(file, sample.Label, sample.Index, strokes));
        }

        surroundings.Terminal.Answer(format, new SamplesDocument(folder, images), SamplesJson.Default.SamplesDocument, console =>
        {
            foreach (var image in images)
                console.WriteLine(image.Strokes is null ? image.File : $"{image.File} {image.Strokes}");
            if (images.Count > 1)
                console.WriteLine($"Try: client verdict {ShellWord.Of(images[0].File)} {ShellWord.Of(images[1].File)}");
        });
        return ExitCode.Done;
    }
}

/// <summary>The files that `sample` wrote.</summary>
internal sealed record SamplesDocument(string Folder, IReadOnlyList<SamplesDocument.Image> Images)
{
    /// <summary>One file.</summary>
    /// <param name="Strokes">File with the pen strokes of the same drawing; null if the data has no drawing as both.</param>
    internal sealed record Image(string File, string Label, int Index, string? Strokes);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SamplesDocument))]
internal sealed partial class SamplesJson : JsonSerializerContext;
