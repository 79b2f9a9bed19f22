using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Siamese.Grains.Board;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Donors;

/// <summary>Finds the weights that a sweep starts from, and keeps them while the sweep exists.</summary>
/// <param name="grains">Access to ensembles, sweeps and trials.</param>
/// <param name="blobs">The store of the weights.</param>
internal sealed class DonorSearch(IGrainFactory grains, IBlobStore blobs)
{
    private const int IdDigits = 32;

    /// <summary>The donor that a request names; null if it names none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sweep">Id of the sweep that asks; its own trials are not searched.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">There is no such ensemble or finished trial, or several, or the request names more than one.</exception>
    public async Task<Donor?> Find(SweepRequest request, string sweep, CancellationToken cancellation)
    {
        if (request.Space.Find(Donor.From) is not { } dimension)
            return null;
        if (dimension is not { Values: [{ Word: { } stated }], When.IsEmpty: true })
            throw new BadInputException($"'{Donor.From}': name one ensemble or trial, for all trials of the sweep; start another sweep from another one.");
        var parts = stated.Split('@');
        SweepId.Check($"'{Donor.From}'", parts[0]);
        if (parts.Length == 1 && await grains.GetGrain<IEnsembleVersions>(stated).GetNewest(cancellation) is { } newest)
            return Best(stated, newest.Ensemble);
        if (parts.Length == 2)
        {
            return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 1
                ? Best(stated, await EnsembleVersions.Find(grains, parts[0], version, cancellation))
                : throw new BadInputException($"'{Donor.From}': '{stated}' is not an ensemble; write digits, or digits@3 for version 3.");
        }

        return stated.Length <= IdDigits && stated.All(char.IsAsciiHexDigitLower)
            ? OfTrial(stated, await Trials(stated, sweep, cancellation))
            : throw Unknown(stated);
    }

    /// <summary>Keeps the weights of a donor for a sweep, and releases those that the sweep kept before.</summary>
    /// <param name="donor">The donor; null for none.</param>
    /// <param name="before">The donor before; null for none.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">The weights are no longer there.</exception>
    public async Task Hold(Donor? donor, Donor? before, string sweep, CancellationToken cancellation)
    {
        if (before?.WeightsBlob != donor?.WeightsBlob)
            await LetGo(before, sweep, cancellation);
        if (donor is null)
            return;
        await grains.GetGrain<ITrialGrain>(donor.Trial).Hold(sweep, donor.WeightsBlob, cancellation);
        // They may have been removed between the search and the hold.
        if ((await blobs.Refresh([donor.WeightsBlob], cancellation)).IsEmpty)
            return;
        await LetGo(donor, sweep, cancellation);
        throw BadInputException.Missing($"The weights of '{Donor.From}' {donor.Stated} are not in the store.");
    }

    /// <summary>Releases the weights that a sweep kept; if nothing else needs them, they are removed.</summary>
    /// <returns>Bytes freed.</returns>
    public Task<long> LetGo(Donor? donor, string sweep, CancellationToken cancellation) =>
        donor is null ? Task.FromResult(0L) : grains.GetGrain<ITrialGrain>(donor.Trial).LetGo(sweep, cancellation);

    private static BadInputException Unknown(string stated) =>
        BadInputException.Missing($"'{Donor.From}': there is no ensemble '{stated}', and no trial whose id starts so. `client ensembles` lists ensembles, and `client trials SWEEP` the trials of a sweep.");

    /// <summary>The member with the lowest validation EER. Weights in the ensemble also depend on the other members, so they do not show which is best alone.</summary>
    private static Donor Best(string stated, Ensemble ensemble)
    {
        var best = ensemble.Members.MinBy(member => member.ValidationEer)!;
        return new Donor
        {
            Stated = stated,
            Trial = KeeperOf(best.Spec),
            WeightsBlob = best.WeightsBlob,
            Hyperparameters = best.Spec.Hyperparameters,
            Remark = string.Create(CultureInfo.InvariantCulture, $"Every trial starts from the weights of trial {Figures.ShortId(best.Trial)}, the member of {ensemble.Name}@{ensemble.Version} with the lowest validation EER, {best.ValidationEer:P2}."),
        };
    }

    private static Donor OfTrial(string stated, TrialReport[] found)
    {
        if (found is not [var trial])
            throw found is [] ? Unknown(stated) : new BadInputException($"'{Donor.From}': '{stated}' matches {found.Length} trials; give more of the id.");
        if (trial.Result is null)
            throw new BadInputException($"'{Donor.From}': trial {Figures.ShortId(trial.Trial)} has not finished, so it has no weights yet; wait until it has, or choose another.");
        if (trial is not { Status: TrialStatus.Completed, Result.WeightsBlob: { } weights })
            throw new BadInputException($"'{Donor.From}': trial {Figures.ShortId(trial.Trial)} ended without usable weights ({trial.Result.Reason ?? "none were kept"}); choose another.");
        return new Donor
        {
            Stated = stated,
            Trial = KeeperOf(trial.Spec),
            WeightsBlob = weights,
            Hyperparameters = trial.Spec.Hyperparameters,
            Remark = $"Every trial starts from the weights of trial {Figures.ShortId(trial.Trial)}.",
        };
    }

    private static string KeeperOf(TrialSpec spec) => (spec with { EndsAfter = null }).Id;

    /// <summary>The trials of all sweeps whose ids start so.</summary>
    private async Task<TrialReport[]> Trials(string start, string asking, CancellationToken cancellation)
    {
        var board = await grains.GetGrain<ISweepBoard>(0).List(cancellation);
        var found = new Dictionary<string, TrialReport>();
        foreach (var entry in board.Where(entry => !entry.IsImported && entry.Sweep != asking && entry.Phase is not (SweepPhase.Preparing or SweepPhase.Rejected)))
        {
            foreach (var trial in await grains.GetGrain<ISweepGrain>(entry.Sweep).GetTrials(cancellation))
            {
                // Several sweeps may have it, and one of them may have seen it end.
                if (trial.Trial.StartsWith(start, StringComparison.Ordinal) && found.GetValueOrDefault(trial.Trial)?.Result?.WeightsBlob is null)
                    found[trial.Trial] = trial;
            }
        }

        return [.. found.Values];
    }
}
