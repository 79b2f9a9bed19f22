namespace Siamese.Contracts.Training;

/// <summary>
/// The durable record of one trial: its lease and how it ended, shared by every sweep that holds it. Key: the trial's id.
/// </summary>
[Alias("siamese.ITrialGrain")]
public interface ITrialGrain : IGrainWithStringKey
{
    /// <summary>
    /// Lets a sweep follow the trial and, where it has neither ended nor is held, grants a lease. A failed or cancelled
    /// trial is leased again to a sweep that did not see it fail. Called by the sweep.
    /// </summary>
    /// <param name="spec">The trial, whose id is this grain's key.</param>
    /// <param name="sweep">The sweep that wants it.</param>
    /// <param name="silo">The silo whose slot it is for.</param>
    /// <param name="retries">After so many failures the next one is final.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("Lease")]
    Task<LeaseAnswer> Lease(TrialSpec spec, string sweep, string silo, int retries, CancellationToken cancellation);

    /// <summary>
    /// How the trial stands, for a sweep that follows it from now on; nothing is leased. That it failed or was cancelled
    /// before this sweep came is not told. Called by the sweep when it begins, or goes on after its silo was lost.
    /// </summary>
    [Alias("Follow")]
    Task<LeaseAnswer> Follow(string sweep, CancellationToken cancellation);

    /// <summary>Renews the lease, with the last finished epoch if there is one. Called by the trainer.</summary>
    [Alias("Report")]
    Task<Directive> Report(long fence, EpochReport? epoch, CancellationToken cancellation);

    /// <summary>Renews the lease, with a checkpoint that lies in the store. A stale one does not count. Called by the trainer.</summary>
    [Alias("Checkpointed")]
    Task<Directive> Checkpointed(Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>
    /// Gives the lease up, so that another silo may go on from the last checkpoint at once. False where the fence is stale.
    /// Called by a trainer whose silo stops or cannot train the trial.
    /// </summary>
    /// <param name="fence">Number of the lease.</param>
    /// <param name="refusal">Why this silo cannot train the trial, while others may; null where it stops.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("HandBack")]
    Task<bool> HandBack(long fence, string? refusal, CancellationToken cancellation);

    /// <summary>
    /// Ends the trial, or where it failed and has retries left, lets it be leased again. False where the fence is stale and
    /// the result was refused. Called by the trainer.
    /// </summary>
    [Alias("Complete")]
    Task<bool> Complete(long fence, TrialResult result, CancellationToken cancellation);

    /// <summary>The sweep no longer wants the trial trained; where no other does, it is stopped. Called by the sweep.</summary>
    [Alias("Cancel")]
    Task Cancel(string sweep, CancellationToken cancellation);

    /// <summary>
    /// The sweep does not want the trial trained for now; where no other does, it is stopped with a checkpoint, and its next
    /// lease goes on from there. Called by the sweep.
    /// </summary>
    [Alias("Pause")]
    Task Pause(string sweep, CancellationToken cancellation);

    /// <summary>Lets a trial that failed or is poisonous be leased again. Called by the sweep when the user says so.</summary>
    [Alias("TryAgain")]
    Task TryAgain(CancellationToken cancellation);

    /// <summary>The sweep was removed; where no other follows the trial, it is forgotten, with its blobs and checkpoints.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("Forget")]
    Task<long> Forget(string sweep, CancellationToken cancellation);

    /// <summary>
    /// Weights of the trial belong to an ensemble that was brought in, whether or not any sweep here knows the trial; they are
    /// kept until that lets them go. Called by the import, before it stores them.
    /// </summary>
    [Alias("Hold")]
    Task Hold(string ensemble, string weightsBlob, CancellationToken cancellation);

    /// <summary>The ensemble lets the weights go; where nobody else needs them, they are removed. Called by the import.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("LetGo")]
    Task<long> LetGo(string ensemble, CancellationToken cancellation);
}
