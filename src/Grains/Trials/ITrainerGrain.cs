namespace Siamese.Grains.Trials;

/// <summary>
/// Trains one trial under one lease, on the silo of the slot that claimed it. Key: `trial/fence`, so that a call never
/// reaches a predecessor that hangs.
/// </summary>
[Alias("siamese.ITrainerGrain")]
internal interface ITrainerGrain : IGrainWithStringKey
{
    /// <summary>Starts training on its own thread and returns at once. Called by the slot.</summary>
    [Alias("Start")]
    Task Start(Assignment assignment, CancellationToken cancellation);

    /// <summary>Ends training between two batches, as cancelled. Called by the trial.</summary>
    [Alias("Stop")]
    Task Stop(CancellationToken cancellation);

    /// <summary>Ends training at the next batch, with a checkpoint, and hands the lease back. Called by the trial.</summary>
    [Alias("HandBack")]
    Task HandBack(CancellationToken cancellation);
}
