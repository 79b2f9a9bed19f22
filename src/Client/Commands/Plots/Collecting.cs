using Siamese.Client.Commands.Evaluations;
using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Maps;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Plots;

namespace Siamese.Client.Commands.Plots;

/// <summary>Collects what the cluster knows about a sweep and its ensemble.</summary>
/// <param name="map">Which test images to draw; the version is filled in.</param>
internal sealed class Collecting(Surroundings surroundings, Calls calls, EmbeddingMapRequest map)
{
    private readonly List<string> _remarks = [];

    /// <param name="name">A sweep, an ensemble, or both.</param>
    /// <param name="version">A version of the ensemble, for that alone; null for everything.</param>
    /// <exception cref="BadInputException">There is neither a sweep nor an ensemble of that name, or no such version.</exception>
    public async Task<Findings> Of(string name, int? version)
    {
        var sweep = version is null ? await Sweep(name) : null;
        var ensemble = await Ensemble(name, version, sweep?.Progress.Result);
        if (sweep is null && ensemble is null)
            throw new BadInputException($"There is no sweep and no ensemble '{name}'; `client status` lists all sweeps, `client ensembles` all ensembles.");
        return new(sweep, ensemble, _remarks);
    }

    private async Task<SweepFindings?> Sweep(string name)
    {
        var progress = await calls.Make((cluster, token) => cluster.Sweep(name).GetProgress(0, token), surroundings.End);
        if (progress.Phase is SweepPhase.Unknown)
            return null;
        var trials = await calls.Make((cluster, token) => cluster.Sweep(name).GetTrials(token), surroundings.End);
        return new(progress, trials, await Ended(name, progress), await Importance(name));
    }

    /// <summary>An answer has a part of the trials only.</summary>
    private async Task<List<TrialReport>> Ended(string name, SweepProgress first)
    {
        var ended = new List<TrialReport>(first.Ended);
        for (var progress = first; progress.Cursor < progress.CursorEnd;)
        {
            var cursor = progress.Cursor;
            progress = await calls.Make((cluster, token) => cluster.Sweep(name).GetProgress(cursor, token), surroundings.End);
            ended.AddRange(progress.Ended);
            // Nothing is gained by asking for the same again.
            if (progress.Cursor <= cursor)
                break;
        }

        return ended;
    }

    private async Task<ImportanceReport?> Importance(string name)
    {
        try
        {
            return await calls.Make((cluster, token) => cluster.Sweep(name).GetImportance(token), surroundings.End);
        }
        catch (BadInputException e)
        {
            _remarks.Add($"Without the importance of hyperparameters: {e.Message}");
            return null;
        }
    }

    private async Task<EnsembleFindings?> Ensemble(string name, int? version, SweepResult? result)
    {
        var versions = await calls.Make((cluster, token) => cluster.Ensemble(name).GetVersions(token), surroundings.End);
        if (versions.IsEmpty)
            return version is null ? null : throw EnsembleLookup.Unknown(name);
        var summary = version is { } number
            ? versions.FirstOrDefault(one => one.Ensemble.Version == number)
                ?? throw new BadInputException($"The ensemble '{name}' has no version {number}; `client ensembles {name}` lists all versions.")
            : versions[^1];
        var isMeasured = result?.Ensemble.Ensemble.MeasuresLike(summary.Ensemble) ?? false;
        return new(summary, isMeasured ? result!.Errors : null, await Evaluation(summary.Ensemble), await Map(summary.Ensemble));
    }

    private async Task<EmbeddingMap?> Map(Ensemble ensemble)
    {
        try
        {
            return await calls.Make((cluster, token) => cluster.Map(ensemble.Name).Draw(map with { Version = ensemble.Version }, token), surroundings.End);
        }
        catch (Exception e) when (e is BadInputException or RefusedException or NoQuorumException)
        {
            _remarks.Add($"Without the embedding map: {e.Message}");
            return null;
        }
    }

    /// <summary>The curves are not stored, so the ensemble is evaluated again.</summary>
    private async Task<Evaluation?> Evaluation(Ensemble ensemble)
    {
        try
        {
            return await new EvaluationFollower(surroundings, calls).Follow(new EvaluationRequest { Ensemble = ensemble.Name, Version = ensemble.Version });
        }
        catch (Exception e) when (e is BadInputException or RefusedException or NoQuorumException)
        {
            _remarks.Add($"Without ROC and DET curves: {e.Message}");
            return null;
        }
    }
}
