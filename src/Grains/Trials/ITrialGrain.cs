using Siamese.Contracts.Access;
using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Trials;

/// <summary>
/// The durable record of one trial: its lease and how it ended, shared by every sweep that contains it. Key: the trial's id.
/// </summary>
[Alias("siamese.ITrialGrain"), SilosOnly]
internal interface ITrialGrain : IGrainWithStringKey
{
    /// <summary>
    /// Lets a sweep follow the trial and grants a lease if the trial has not ended and is not leased. A failed or cancelled
    /// trial is leased again to a sweep that did not see it fail. Called by the sweep.
    /// </summary>
    /// <param name="spec">The trial, whose id is this grain's key.</param>
    /// <param name="sweep">The sweep that wants it.</param>
    /// <param name="silo">The silo whose slot it is for.</param>
    /// <param name="retries">Number of failures that are retried; the next one is final.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("Lease")]
    Task<LeaseAnswer> Lease(TrialSpec spec, string sweep, string silo, int retries, CancellationToken cancellation);

    /// <summary>
    /// Lets a sweep follow the trial and returns the trial's state; leases nothing. Does not report that it failed or was
    /// cancelled before this sweep came. Called by the sweep when it begins, or resumes after its silo was lost.
    /// </summary>
    [Alias("Follow")]
    Task<LeaseAnswer> Follow(string sweep, CancellationToken cancellation);

    /// <summary>Renews the lease, with the last finished epoch if there is one. Called by the trainer.</summary>
    [Alias("Report")]
    Task<Directive> Report(long fence, EpochReport? epoch, CancellationToken cancellation);

    /// <summary>Renews the lease, with a checkpoint that is in the store. A stale one does not count. Called by the trainer.</summary>
    [Alias("Checkpointed")]
    Task<Directive> Checkpointed(Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>
    /// Gives up the lease, so that another silo can resume from the last checkpoint at once. False if the fence is stale.
    /// Called by a trainer whose silo stops or cannot train the trial.
    /// </summary>
    /// <param name="fence">Number of the lease.</param>
    /// <param name="refusal">Why this silo cannot train the trial, while others may; null if the silo is stopping.</param>
    /// <param name="cancellation">Ends the call.</param>
    [Alias("HandBack")]
    Task<bool> HandBack(long fence, string? refusal, CancellationToken cancellation);

    /// <summary>
    /// Ends the trial, or allows another lease if it failed and has retries left. False if the fence is stale and the result
    /// was refused. Called by the trainer.
    /// </summary>
    [Alias("Complete")]
    Task<bool> Complete(long fence, TrialResult result, CancellationToken cancellation);

    /// <summary>The sweep no longer wants the trial trained; if no other sweep does, the trial is stopped. Called by the sweep.</summary>
    [Alias("Cancel")]
    Task Cancel(string sweep, CancellationToken cancellation);

    /// <summary>
    /// The sweep does not want the trial trained for now; if no other sweep does, the trial is stopped with a checkpoint, and
    /// its next lease resumes from there. Called by the sweep.
    /// </summary>
    [Alias("Pause")]
    Task Pause(string sweep, CancellationToken cancellation);

    /// <summary>
    /// The sweep wants the trial to end with its last validated epoch, under this lease or, if that is lost, under the next.
    /// False if another sweep wants all of it trained; then nothing changes. Called by the sweep at the user's request.
    /// </summary>
    [Alias("Finish")]
    Task<bool> Finish(string sweep, CancellationToken cancellation);

    /// <summary>Allows a failed or poisonous trial to be leased again. Called by the sweep at the user's request.</summary>
    [Alias("TryAgain")]
    Task TryAgain(CancellationToken cancellation);

    /// <summary>The sweep was removed; if no other sweep follows the trial, it is deleted, with its blobs and checkpoints.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("Forget")]
    Task<long> Forget(string sweep, CancellationToken cancellation);

    /// <summary>
    /// Keeps weights of the trial for an imported ensemble, or for a sweep that starts from them, whether or not any sweep here knows
    /// the trial, until they are released. Called by the import, before it stores them, and by the sweep, before it plans its trials.
    /// </summary>
    [Alias("Hold")]
    Task Hold(string holder, string weightsBlob, CancellationToken cancellation);

    /// <summary>The ensemble or sweep releases the weights; if nothing else needs them, they are removed. Called by the import or the sweep.</summary>
    /// <returns>Bytes freed.</returns>
    [Alias("LetGo")]
    Task<long> LetGo(string holder, CancellationToken cancellation);
}
