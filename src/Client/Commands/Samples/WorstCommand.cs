using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Samples;

/// <summary>`worst SWEEP --out DIR`: writes the worst mistakes of a sweep's ensemble on test pairs as images.</summary>
internal sealed class WorstCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();
    private readonly Option<string?> _out = new("--out") { Description = "Folder to write to; created if missing.", HelpName = "DIR" };

    public Command Describe()
    {
        var command = new Command("worst", "Write the worst mistakes of a sweep's ensemble on test pairs as PNG files, two images side by side.") { _sweep, _out };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        var folder = OutputFolder.Make(_out.Name, line.GetValue(_out));
        await using var calls = surroundings.To(common.Cluster(line));
        var progress = await SweepLookup.Require(calls, sweep, surroundings.End);
        if (progress is not { Result: { Worst.IsDefault: false } result, Plan: { } plan })
            throw new BadInputException($"Sweep '{sweep}' has not measured its ensemble on test pairs; `client watch {sweep}` waits for its end.");
        var shown = await WorstImages.Show(calls, result, plan, surroundings.End);
        var pairs = new List<WorstDocument.Pair>();
        foreach (var (place, (pair, image)) in result.Worst.Zip(shown).Index())
        {
            var name = $"{place + 1:00}-{Word.Of(pair.Truth)}-{SampleName.Word(image.First)}-{SampleName.Word(image.Second)}.png";
            pairs.Add(WorstDocument.Pair.Of(await OutputFolder.Write(folder, name, image.Png, surroundings.End), pair, image));
        }

        surroundings.Terminal.Answer(format, new WorstDocument(folder, result.Ensemble.Ensemble.Threshold, pairs), WorstJson.Default.WorstDocument, console => Write(console, pairs));
        return ExitCode.Done;
    }

    private static void Write(IAnsiConsole console, List<WorstDocument.Pair> pairs)
    {
        if (pairs.Count == 0)
            console.WriteLine("It made no mistakes on the test pairs.");
        foreach (var pair in pairs)
            console.WriteLine($"{pair.File}: is {pair.Truth}, probability of same {Figures.Percent(pair.Probability)}");
    }
}

/// <summary>The files that `worst` wrote.</summary>
/// <param name="Threshold">Distances up to it are judged *same*.</param>
internal sealed record WorstDocument(string Folder, double Threshold, IReadOnlyList<WorstDocument.Pair> Pairs)
{
    /// <summary>One pair.</summary>
    /// <param name="Truth">What the pair really is.</param>
    /// <param name="First">Class of the left image.</param>
    /// <param name="Second">Class of the right one.</param>
    /// <param name="Probability">The ensemble's probability that it is *same*.</param>
    internal sealed record Pair(string File, string Truth, string First, string Second, double Distance, double Probability)
    {
        public static Pair Of(string file, WorstPair pair, SamplePair image) => new(file, Word.Of(pair.Truth), image.First, image.Second, pair.Distance, pair.Probability);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(WorstDocument))]
internal sealed partial class WorstJson : JsonSerializerContext;
