using System.Collections.Immutable;
using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>
/// `verdict A B`: asks an ensemble whether two images show the same thing. `verdict --pairs FILE --out FILE`: the same for many pairs.
/// `verdict A --references B...` or `--enrolled NAME`: whether an image is of the class that several others show.
/// </summary>
internal sealed class VerdictCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string?> _first = new("A") { Arity = ArgumentArity.ZeroOrOne, Description = $"Image file ({DataFiles.Formats}), file of pen strokes, or vector (.npy)." };
    private readonly Argument<string?> _second = new("B") { Arity = ArgumentArity.ZeroOrOne, Description = "Image file to compare it with." };
    private readonly Option<string?> _pairs = new("--pairs") { HelpName = "FILE", Description = "Judge the pairs of a list with two image paths per row." };
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = "With --pairs: CSV to write the verdicts to; an interrupted run is resumed, and pairs that got no verdict are tried again." };
    private readonly Option<string[]> _references = new("--references") { HelpName = "IMAGE...", AllowMultipleArgumentsPerToken = true, Description = "Compare A with several images of one class together, instead of with B." };
    private readonly Option<string?> _enrolled = new("--enrolled") { HelpName = "NAME", Description = "Compare A with all images enrolled under a name, instead of with B." };
    private readonly TermsOptions _terms = new();

    public Command Describe()
    {
        var command = new Command("verdict", "Ask an ensemble whether two images show the same thing.") { _first, _second, _references, _enrolled, _pairs, _out };
        foreach (var option in _terms.All)
            command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var choice = common.Cluster(line);
        var (named, terms) = _terms.Read(line);
        if (line.GetValue(_pairs) is { } pairs)
            return await JudgeAll(line, pairs);
        if (line.GetValue(_out) is not null)
            throw new BadInputException($"{_out.Name} is only valid with {_pairs.Name}; a single verdict is printed.");
        var ask = await Question(line, terms);
        await using var calls = surroundings.To(choice);
        var ensemble = named ?? await EnsembleLookup.Newest(calls, surroundings.End);
        var verdict = await calls.Make((cluster, token) => ask(cluster, ensemble, token), surroundings.End);
        surroundings.Terminal.Answer(
            format, VerdictDocument.Of(verdict), DocumentsJson.Default.VerdictDocument,
            console => VerdictReport.Write(console, verdict, isNewest: named is null));
        return ExitCode.Done;
    }

    /// <summary>Reads the images of the command line, and returns the call that asks about them.</summary>
    private async Task<Func<ICluster, string, CancellationToken, Task<Verdict>>> Question(ParseResult line, VerdictTerms terms)
    {
        var (references, enrolled) = (line.GetValue(_references) ?? [], line.GetValue(_enrolled));
        if (references.Length == 0 && enrolled is null)
        {
            var (first, second) = (await Image(line, _first), await Image(line, _second));
            return (cluster, ensemble, token) => cluster.Verdicts(ensemble).Judge(first, second, terms, token);
        }

        if (line.GetValue(_second) is { } stray)
            throw new BadInputException($"'{stray}' is a second image beside {(references.Length > 0 ? _references.Name : _enrolled.Name)}. Give one image to compare with the references.");
        if (references.Length > 0 && enrolled is not null)
            throw new BadInputException($"{_references.Name} and {_enrolled.Name}: an image can be compared with one of them; leave the other out.");
        var image = await Image(line, _first);
        if (enrolled is not null)
            return (cluster, ensemble, token) => cluster.Identifying(ensemble).Verify(image, enrolled, terms, token);
        var files = ImmutableArray.CreateBuilder<ImageFile>(references.Length);
        foreach (var reference in references)
            files.Add(await ImageReading.ReadWithStrokes(reference, surroundings.End));
        var all = files.MoveToImmutable();
        return (cluster, ensemble, token) => cluster.Verdicts(ensemble).JudgeAgainst(image, all, terms, token);
    }

    private async Task<int> JudgeAll(ParseResult line, string path)
    {
        if (line.GetValue(_first) is not null || line.GetValue(_references) is { Length: > 0 } || line.GetValue(_enrolled) is not null)
            throw new BadInputException($"Give images on the command line or {_pairs.Name}, not both.");
        var output = line.GetValue(_out) ?? throw new BadInputException($"{_out.Name}: name the CSV to write the verdicts to.");
        var (format, choice) = (common.Format(line), common.Cluster(line));
        var (named, terms) = _terms.Read(line);
        var pairs = new PairsFile(path);
        await using var calls = surroundings.To(choice);
        var document = await new BulkVerdicts(surroundings, calls, pairs, _terms.Text(terms)).Run(named ?? await EnsembleLookup.Newest(calls, surroundings.End), terms, output);
        surroundings.Terminal.Answer(format, document, BulkVerdictJson.Default.BulkVerdictDocument, console => VerdictReport.Write(console, document));
        return document.Problems == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private Task<ImageFile> Image(ParseResult line, Argument<string?> argument) => ImageReading.ReadWithStrokes(
        line.GetValue(argument) ?? throw new BadInputException($"Give two image files, or {_pairs.Name} with a list of pairs; see `client verdict --help`."),
        surroundings.End);
}
