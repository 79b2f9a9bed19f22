using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands.Ensembles;

/// <summary>`feedback VERDICT-ID same|different`: reports what a judged pair really is. `feedback --from FILE`: the same for many pairs.</summary>
internal sealed class FeedbackCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string?> _verdict = new("VERDICT-ID") { Arity = ArgumentArity.ZeroOrOne, Description = "Id of the verdict, as printed by `client verdict`." };
    private readonly Argument<string?> _truth = new("same|different") { Arity = ArgumentArity.ZeroOrOne, Description = "What the pair really is." };
    private readonly Option<string?> _from = new("--from") { HelpName = "FILE", Description = "Read a CSV with the columns id and truth, such as a file from `verdict --out` with truth added." };

    public Command Describe()
    {
        var command = new Command("feedback", "Report what a judged pair really is; `recalibrate` uses it.") { _verdict, _truth, _from };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var given = Given(line);
        await using var calls = surroundings.To(common.Cluster(line));
        var tallies = new List<(string Ensemble, FeedbackTally Tally)>();
        foreach (var ofOne in given.GroupBy(feedback => VerdictId.Parse(feedback.Verdict).Id.Ensemble))
            tallies.Add((ofOne.Key, await Give(calls, ofOne.Key, [.. ofOne])));
        surroundings.Terminal.Answer(
            format, FeedbackDocument.Of(given.Count, tallies), DocumentsJson.Default.FeedbackDocument, console => FeedbackReport.Write(console, tallies));
        return ExitCode.Done;
    }

    private List<Feedback> Given(ParseResult line)
    {
        var (verdict, truth, from) = (line.GetValue(_verdict), line.GetValue(_truth), line.GetValue(_from));
        if (from is not null)
            return verdict is null ? FeedbackFile.Read(from) : throw new BadInputException($"Give a verdict's id or {_from.Name}, not both.");
        if (verdict is null || truth is null)
            throw new BadInputException($"Give a verdict's id and what the pair is, such as `client feedback digits@3.7hq2mzk4vd3a9xw8e5rt0bcn same`, or a CSV with {_from.Name}.");
        return [new(verdict, Word.Read<Relation>(_truth.Name, truth))];
    }

    private async Task<FeedbackTally> Give(Calls calls, string ensemble, Feedback[] given)
    {
        SweepId.Check(_verdict.Name, ensemble);
        FeedbackTally tally = null!;
        foreach (var part in given.Chunk(IEnsembleGrain.MaximumFeedback))
            tally = await calls.Make((cluster, token) => cluster.Ensemble(ensemble).GiveFeedback([.. part], token), surroundings.End);
        return tally;
    }
}
