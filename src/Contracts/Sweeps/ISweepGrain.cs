using System.Collections.Immutable;
using Orleans.Concurrency;
using Siamese.Contracts.Access;
using Siamese.Contracts.Trials;

namespace Siamese.Contracts.Sweeps;

/// <summary>
/// Coordinates one sweep: expands the search space, leases its trials to slots, collects their metrics and starts the
/// forming of the ensemble. Key: the sweep's id, chosen by the client. Every method is idempotent.
/// </summary>
[Alias("siamese.ISweepGrain")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Accepts the sweep and starts to read its data. The same id with the same request again does nothing.</summary>
    /// <exception cref="BadInputException">The space contains an invalid or useless value, or the id is taken by another request.</exception>
    [Alias("Submit"), May(Role.Train, IsAudited = true)]
    Task Submit(SweepRequest request, CancellationToken cancellation);

    /// <summary>Starts the training of a sweep that is <see cref="SweepPhase.Prepared"/>.</summary>
    [Alias("Start"), May(Role.Train, IsAudited = true)]
    Task Start(CancellationToken cancellation);

    /// <summary>The current state of the sweep, with the trials that ended after <paramref name="cursor"/> (0 at first). Polled by the client.</summary>
    [Alias("GetProgress"), AlwaysInterleave, May(Role.Read)]
    Task<SweepProgress> GetProgress(int cursor, CancellationToken cancellation);

    /// <summary>Every trial of the sweep, ended or not, best validation EER first.</summary>
    [Alias("GetTrials"), May(Role.Read)]
    Task<ImmutableArray<TrialReport>> GetTrials(CancellationToken cancellation);

    /// <summary>Which hyperparameters mattered, according to the trials that have ended so far. The call may take seconds.</summary>
    /// <exception cref="BadInputException">Fewer than two trials have ended with an EER, or they have the same hyperparameters.</exception>
    [Alias("GetImportance"), AlwaysInterleave, May(Role.Read)]
    Task<ImportanceReport> GetImportance(CancellationToken cancellation);

    /// <summary>Stops the sweep; finished trials are kept, and an ensemble is formed from them if there are any.</summary>
    [Alias("Cancel"), May(Role.Train, IsAudited = true)]
    Task Cancel(CancellationToken cancellation);

    /// <summary>Stops one trial, named by its id or the start of it. False if the sweep has no such trial that is unfinished or was stopped.</summary>
    [Alias("CancelTrial"), May(Role.Train, IsAudited = true)]
    Task<bool> CancelTrial(string trial, CancellationToken cancellation);

    /// <summary>
    /// Ends the sweep with what is trained: trials end with their last validated epoch, as trials with ids of their own, those
    /// that have not begun are cancelled, and the ensemble is formed. Does nothing if the sweep has already ended.
    /// </summary>
    /// <exception cref="BadInputException">The sweep is not training.</exception>
    [Alias("Finish"), May(Role.Train, IsAudited = true)]
    Task Finish(CancellationToken cancellation);

    /// <summary>
    /// Ends one trial, named by its id or the start of it, with its last validated epoch. False if the sweep has no such
    /// trial that is unfinished.
    /// </summary>
    /// <exception cref="BadInputException">The start matches several trials, the trial has not begun, or another sweep wants all of it trained.</exception>
    [Alias("FinishTrial"), May(Role.Train, IsAudited = true)]
    Task<bool> FinishTrial(string trial, CancellationToken cancellation);

    /// <summary>Trains failed and poisonous trials again, from their last checkpoints, and forms the ensemble again.</summary>
    /// <returns>Number of retried trials that have not ended yet.</returns>
    /// <exception cref="BadInputException">The sweep is unknown, was rejected, or is forming its ensemble.</exception>
    [Alias("Retry"), May(Role.Train, IsAudited = true)]
    Task<int> Retry(CancellationToken cancellation);

    /// <summary>Adds points to the sweep, which then trains them and forms its ensemble again.</summary>
    /// <param name="points">Total number of points; a sweep that already has this many is left unchanged.</param>
    /// <param name="stop">When the sweep stops from now on; the time counts from this call.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">The sweep is unknown, was rejected, is a grid, is forming its ensemble, or belongs to another build.</exception>
    [Alias("Extend"), May(Role.Train, IsAudited = true)]
    Task Extend(int points, StopRule stop, CancellationToken cancellation);

    /// <summary>Deletes the sweep, its ensemble and every trial that no other sweep uses, and frees their disk space.</summary>
    /// <returns>Bytes freed; 0 if the sweep no longer exists.</returns>
    /// <exception cref="BadInputException">The sweep is still running.</exception>
    [Alias("Remove"), May(Role.Administer, IsAudited = true)]
    Task<long> Remove(CancellationToken cancellation);
}
