using System.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;

namespace Siamese.Client.CommandLine;

/// <summary>What an ensemble is to be evaluated on, and how.</summary>
internal sealed class EvaluationOptions
{
    private readonly DataOptions _data = new("the data that the ensemble was trained on");
    private readonly Option<string?> _images = new("--images") { HelpName = "test|all", Description = "Which of the images: those for tests where the data has such, or was trained on, or is split by --split-by; else all." };
    private readonly Option<string?> _protocol = new("--protocol") { HelpName = "pairs|one-shot|csv", Description = "Pairs drawn from the images; which of N images is of the same class, in one shot; or the pairs of a CSV (pairs, or csv where the data is one)." };
    private readonly Option<string?> _pairsFile = new("--pairs-file") { HelpName = "FILE", Description = "A CSV of pairs, two image paths and a label a row, in place of --data." };
    private readonly Option<string?> _pairs = new("--pairs") { HelpName = "N", Description = "Pairs of each kind (10000), or all where there are fewer." };
    private readonly Option<string?> _negatives = new("--negatives") { HelpName = "any|same-group", Description = "Whether different pairs may be of any classes (any) or are of one group each, as an alphabet." };
    private readonly Option<string?> _ways = new("--ways") { HelpName = "N", Description = "Classes to choose from in one shot (20)." };
    private readonly Option<string?> _trials = new("--trials") { HelpName = "N", Description = "One-shot trials (400)." };
    private readonly Option<string?> _seed = new("--seed") { HelpName = "N", Description = "The same seed draws the same (1)." };

    public void AddTo(Command command)
    {
        _data.AddTo(command);
        foreach (var option in new Option[] { _images, _protocol, _pairsFile, _pairs, _negatives, _ways, _trials, _seed })
            command.Add(option);
    }

    /// <exception cref="BadInputException">A value is not of its kind or out of its range, or options do not go together.</exception>
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
            Protocol = Word<EvaluationProtocol>(line, _protocol) ?? (File.Exists(data?.Path) ? EvaluationProtocol.Csv : null),
        };
        CheckTogether(line, request.Protocol);
        request = request with
        {
            Negatives = Word<Negatives>(line, _negatives) ?? request.Negatives,
            Pairs = Number(line, _pairs, 1) ?? request.Pairs,
            Ways = Number(line, _ways, 2) ?? request.Ways,
            Trials = Number(line, _trials, 1) ?? request.Trials,
            Seed = Number(line, _seed, 0) ?? request.Seed,
        };
        request.Check();
        return request;
    }

    private DataSource? Data(ParseResult line)
    {
        var table = line.GetValue(_pairsFile);
        if (table is not null && _data.IsStated(line))
            throw new BadInputException($"{_pairsFile.Name} is data of its own; leave --data out.");
        if (table is not null && !table.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            throw new BadInputException($"{_pairsFile.Name}: '{table}' is no .csv.");
        var data = _data.Read(line, table);
        return table is not null || _data.IsStated(line) ? data : null;
    }

    private void CheckTogether(ParseResult line, EvaluationProtocol? protocol)
    {
        if (line.GetValue(_pairsFile) is not null && line.GetValue(_protocol) is { } stated && stated != CommandLine.Word.Of(EvaluationProtocol.Csv))
            throw new BadInputException($"{_pairsFile.Name} goes with {_protocol.Name} csv, not with {stated}.");
        Require(line, protocol is EvaluationProtocol.OneShot, "one-shot", _ways, _trials);
        Require(line, protocol is null or EvaluationProtocol.Pairs, "pairs", _pairs, _negatives);
    }

    private void Require(ParseResult line, bool isSo, string protocol, params Option<string?>[] options)
    {
        if (!isSo && options.FirstOrDefault(option => line.GetValue(option) is not null) is { } stray)
            throw new BadInputException($"{stray.Name} goes with {_protocol.Name} {protocol}; leave it out.");
    }

    private static T? Word<T>(ParseResult line, Option<string?> option) where T : struct, Enum =>
        line.GetValue(option) is { } text ? CommandLine.Word.Read<T>(option.Name, text) : null;

    private static int? Number(ParseResult line, Option<string?> option, int least) =>
        line.GetValue(option) is { } text ? CommaList.WholeNumber(option.Name, text, number => number >= least, $"{least} or above") : null;
}
