using Siamese.Contracts.Access;

namespace Siamese.Grains.Trials;

/// <summary>
/// The address of one trial's training under one lease, on the silo that trains it. Key: `trial/fence`, so that a call never
/// reaches a predecessor that hangs.
/// </summary>
[Alias("siamese.ITrainerGrain"), SilosOnly]
internal interface ITrainerGrain : IGrainWithStringKey
{
    /// <summary>Training has begun on the silo of the caller: the grain stays there until training ends. Called by the slot.</summary>
    [Alias("Attend")]
    Task Attend(CancellationToken cancellation);

    /// <summary>
    /// Gives the training a directive before its next report returns the same one. Does nothing if it is not trained here.
    /// Called by the trial.
    /// </summary>
    [Alias("Direct")]
    Task Direct(Directive directive, CancellationToken cancellation);
}
