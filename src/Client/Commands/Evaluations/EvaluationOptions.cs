using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;

namespace Siamese.Client.Commands.Evaluations;

/// <summary>Options for the data to evaluate an ensemble on, and for the protocol.</summary>
internal sealed class EvaluationOptions
{
    private readonly DataOptions _data = new("the data the ensemble was trained on");
    private readonly Option<string?> _images = new("--images") { HelpName = "test|all", Description = "Images to use. [default: test if the data has test images, was trained on, or is split by --split-by; else all]" };
    private readonly Option<string?> _protocol = new("--protocol") { HelpName = "pairs|one-shot|csv", Description = "pairs: draw pairs of images. one-shot: find which of N images has the same class. csv: use the pairs of a list. [default: csv if the data is a list of pairs, else pairs]" };
    private readonly Option<string?> _pairsFile = new("--pairs-file") { HelpName = "FILE", Description = "List of pairs to use instead of --data: two image paths and a label per row." };
    private readonly Option<string?> _pairs = new("--pairs") { HelpName = "N", Description = "Number of pairs of each kind, or all if there are fewer. [default: 10000]" };
    private readonly Option<string?> _negatives = new("--negatives") { HelpName = "any|same-group", Description = "Draw different pairs from any classes (any), or within one group such as an alphabet (same-group)." };
    private readonly Option<string?> _references = new("--references") { HelpName = "N", Description = "Compare each image with N images of a class at once, as `verdict --references` does, instead of with one." };
    private readonly Option<string?> _ways = new("--ways") { HelpName = "N", Description = "Number of classes to choose from in a one-shot trial. [default: 20]" };
    private readonly Option<string?> _trials = new("--trials") { HelpName = "N", Description = "Number of one-shot trials. [default: 400]" };
    private readonly Option<string?> _seed = new("--seed") { HelpName = "N", Description = "Seed for drawing pairs and trials. [default: 1]" };

    public void AddTo(Command command)
    {
        _data.AddTo(command);
        foreach (var option in new Option[] { _images, _protocol, _pairsFile, _pairs, _negatives, _references, _ways, _trials, _seed })
            command.Add(option);
    }

    /// <exception cref="BadInputException">A value is invalid or out of range, or options cannot be combined.</exception>
    public EvaluationRequest Read(ParseResult line, string ensemble, int? version)
    {
        var data = Data(line);
        var request = new EvaluationRequest
        {
            Ensemble = ensemble,
            Version = version,
            Data = data,
            SplitBy = _data.Split(line),
            Images = Word<ImageChoice>(line, _images),
            Protocol = Word<EvaluationProtocol>(line, _protocol) ?? (DataOptions.ListsPairs(data) ? EvaluationProtocol.Csv : null),
        };
        CheckTogether(line, request.Protocol);
        request = request with
        {
            Negatives = Word<Negatives>(line, _negatives) ?? request.Negatives,
            Pairs = Number(line, _pairs) ?? request.Pairs,
            References = Number(line, _references) ?? request.References,
            Ways = Number(line, _ways) ?? request.Ways,
            Trials = Number(line, _trials) ?? request.Trials,
            Seed = line.GetValue(_seed) is { } seed ? Numbers.Whole(_seed.Name, seed, least: 0) : request.Seed,
        };
        OptionNames.Check(request.Check);
        return request;
    }

    private DataSource? Data(ParseResult line)
    {
        var table = line.GetValue(_pairsFile);
        if (table is not null && _data.IsStated(line))
            throw new BadInputException($"{_pairsFile.Name} replaces --data; leave --data out.");
        var data = _data.Read(line, table);
        return table is not null || _data.IsStated(line) ? data : null;
    }

    private void CheckTogether(ParseResult line, EvaluationProtocol? protocol)
    {
        if (line.GetValue(_pairsFile) is not null && line.GetValue(_protocol) is { } stated && stated != Words.Word.Of(EvaluationProtocol.Csv))
            throw new BadInputException($"{_pairsFile.Name} requires {_protocol.Name} csv, not {stated}.");
        Require(line, protocol is EvaluationProtocol.OneShot, "one-shot", _ways, _trials);
        Require(line, protocol is null or EvaluationProtocol.Pairs, "pairs", _pairs, _negatives, _references);
    }

    private void Require(ParseResult line, bool isSo, string protocol, params Option<string?>[] options)
    {
        if (!isSo && options.FirstOrDefault(option => line.GetValue(option) is not null) is { } stray)
            throw new BadInputException($"{stray.Name} is only valid with {_protocol.Name} {protocol}; leave it out.");
    }

    private static T? Word<T>(ParseResult line, Option<string?> option) where T : struct, Enum =>
        line.GetValue(option) is { } text ? Words.Word.Read<T>(option.Name, text) : null;

    private static int? Number(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? Numbers.Whole(option.Name, text) : null;
}
