using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Embeddings;

/// <summary>`embed ENSEMBLE IMAGE... --out FILE`: writes how an ensemble's members embed images, for the user's own index.</summary>
internal sealed class EmbedCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _ensemble = new("ENSEMBLE") { Description = "Ensemble to use, such as digits, or digits@3 for version 3." };
    private readonly Argument<string[]> _images = new("IMAGE") { Arity = ArgumentArity.OneOrMore, Description = "Image files, and folders of them at any depth." };
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = $"File to write: {EmbeddingsFile.Formats}." };

    public Command Describe()
    {
        var command = new Command("embed", "Write the embeddings of images to a file, for an index of your own.") { _ensemble, _images, _out };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice) = (common.Format(line), common.Cluster(line));
        var (ensemble, version) = EnsembleName.Read(_ensemble.Name, line.GetValue(_ensemble)!);
        var file = EmbeddingsFile.At(line.GetValue(_out) ?? throw new BadInputException($"{_out.Name}: name the file to write the embeddings to: {EmbeddingsFile.Formats}."), _out.Name);
        var images = ImagesToEmbed.Find(line.GetValue(_images)!);
        await using var calls = surroundings.To(choice);
        var start = surroundings.Clock.GetTimestamp();
        var embeddings = await new BulkEmbedding(surroundings, calls).Run(ensemble, version, images);
        file.Write(embeddings);
        var document = EmbeddingsDocument.Of(embeddings, file, surroundings.Clock.GetElapsedTime(start).TotalSeconds);
        surroundings.Terminal.Answer(format, document, EmbeddingsJson.Default.EmbeddingsDocument, console => Write(console, document));
        return embeddings.Problems.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static void Write(IAnsiConsole console, EmbeddingsDocument document)
    {
        console.WriteLine(
            $"{Figures.Of(document.Images, "image")} embedded by {document.Ensemble}@{document.Version} into {Figures.Of(document.Width, "number")} each, in {Figures.Duration(document.Seconds)}: "
            + $"{document.Out}{(document.Ids is { } ids ? $", with their paths in {ids}" : "")}");
        foreach (var member in document.Members)
        {
            console.WriteLine(
                $"  columns {member.From} to {member.From + member.Width - 1}: {Figures.ShortId(member.Trial)}, {member.Distance} distance, "
                + $"threshold {Figures.Number(Math.Round(member.Threshold, 4))}, weight {member.Weight:0.000}");
        }

        foreach (var problem in document.Problems)
            console.WriteLine(problem);
    }
}
