using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Commands.Exchange;

/// <summary>Finds what to export: an ensemble by its name, else a trial by its id or the start of its id.</summary>
internal sealed class ExportTarget(Calls calls, CancellationToken cancellation)
{
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <param name="text">As `digits`, `digits@3` or `9ab4cb2f`.</param>
    /// <exception cref="BadInputException">Nothing matches, or several trials do.</exception>
    public async Task<ExportKey> Find(string source, string text)
    {
        var (name, version) = EnsembleName.Read(source, text);
        var newest = await calls.Make((cluster, token) => cluster.Ensemble(name).GetNewest(token), cancellation);
        if (newest is not null)
            return new ExportKey(name, version ?? newest.Ensemble.Version, null);
        return version is null
            ? await Trial(text)
            : throw EnsembleLookup.Unknown(name);
    }

    private async Task<ExportKey> Trial(string start)
    {
        var found = new Dictionary<string, string>();
        if (start.Length >= Arguments.ShortestTrial)
        {
            var board = await calls.Make((cluster, token) => cluster.Board.List(token), cancellation);
            foreach (var entry in board.Where(entry => entry is { IsImported: false, HasEnsemble: true }))
            {
                var trials = await calls.Make((cluster, token) => cluster.Sweep(entry.Sweep).GetTrials(token), cancellation);
                foreach (var trial in trials.Where(trial => trial.Status is TrialStatus.Completed && trial.Trial.StartsWith(start, StringComparison.Ordinal)))
                    found.TryAdd(trial.Trial, entry.Sweep);
            }
        }

        return found.Count switch
        {
            1 => new ExportKey(found.Single().Value, null, found.Single().Key),
            0 => throw new BadInputException(
                $"There is no ensemble '{start}', and no completed trial whose id starts with it ({Arguments.ShortestTrial} characters or more) in a sweep with an ensemble; see `client ensembles` and `client trials SWEEP`."),
            _ => throw new BadInputException($"'{start}' matches {found.Count} trials; give more characters of the id."),
        };
    }
}
