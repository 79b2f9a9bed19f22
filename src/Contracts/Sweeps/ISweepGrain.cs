using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Training;

namespace Siamese.Contracts.Sweeps;

/// <summary>
/// Coordinates one sweep: expands the search space, leases its trials to slots, gathers their metrics and has the
/// ensemble formed. Key: the sweep's id, chosen by the client. Every method may be called again with no further effect.
/// </summary>
[Alias("siamese.ISweepGrain")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Accepts the sweep and starts to read its data. The same id with the same request again does nothing.</summary>
    /// <exception cref="BadInputException">The space holds a bad or useless value, or the id is taken by another request.</exception>
    [Alias("Submit")]
    Task Submit(SweepRequest request, CancellationToken cancellation);

    /// <summary>Lets a sweep that is <see cref="SweepPhase.Prepared"/> train.</summary>
    [Alias("Start")]
    Task Start(CancellationToken cancellation);

    /// <summary>The sweep as it stands, with the trials that ended after <paramref name="cursor"/> (0 at first). Polled by the client.</summary>
    [Alias("GetProgress"), AlwaysInterleave]
    Task<SweepProgress> GetProgress(int cursor, CancellationToken cancellation);

    /// <summary>Every trial of the sweep, ended or not, best validation EER first.</summary>
    [Alias("GetTrials")]
    Task<ImmutableArray<TrialReport>> GetTrials(CancellationToken cancellation);

    /// <summary>Which hyperparameters mattered, by the trials that have ended so far. It may take seconds.</summary>
    /// <exception cref="BadInputException">Fewer than two trials have ended with an EER, or they have the same hyperparameters.</exception>
    [Alias("GetImportance"), AlwaysInterleave]
    Task<ImportanceReport> GetImportance(CancellationToken cancellation);

    /// <summary>Stops the sweep; finished trials are kept, and an ensemble is formed of them where there are any.</summary>
    [Alias("Cancel")]
    Task Cancel(CancellationToken cancellation);

    /// <summary>Stops one trial, named by its id or the start of it. False where the sweep has no such trial that is unfinished or was stopped.</summary>
    [Alias("CancelTrial")]
    Task<bool> CancelTrial(string trial, CancellationToken cancellation);

    /// <summary>Trains what failed or is poisonous once more, from its last checkpoint, and forms the ensemble anew.</summary>
    /// <returns>Number of trials that were let run again and have not ended yet.</returns>
    /// <exception cref="BadInputException">The sweep is unknown, was rejected, or is forming its ensemble.</exception>
    [Alias("Retry")]
    Task<int> Retry(CancellationToken cancellation);

    /// <summary>Adds points to the sweep, which goes on to train them and forms its ensemble anew.</summary>
    /// <param name="points">Number of points that it is to have in all; one that has as many already is left as it is.</param>
    /// <param name="stop">When it stops from now on; the time counts from this call.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">The sweep is unknown, was rejected, is a grid, is forming its ensemble, or is of another build.</exception>
    [Alias("Extend")]
    Task Extend(int points, StopRule stop, CancellationToken cancellation);

    /// <summary>Forgets the sweep, its ensemble and every trial that no other sweep uses, and frees their disk.</summary>
    /// <returns>Bytes freed; 0 where there is no such sweep any more.</returns>
    /// <exception cref="BadInputException">The sweep is still running.</exception>
    [Alias("Remove")]
    Task<long> Remove(CancellationToken cancellation);

    /// <summary>Leases the next trial to a slot of a silo; null where there is none. Called by the board.</summary>
    [Alias("Lease"), AlwaysInterleave]
    Task<Assignment?> Lease(SlotHolder holder, CancellationToken cancellation);

    /// <summary>News of a trial that this sweep follows. Called by the trial's grain.</summary>
    [Alias("TrialChanged"), AlwaysInterleave]
    Task TrialChanged(TrialNews news, CancellationToken cancellation);
}
