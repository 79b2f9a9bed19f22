namespace Siamese.Contracts.Sweeps;

/// <summary>Where a sweep stands.</summary>
[GenerateSerializer, Alias("siamese.SweepPhase")]
public enum SweepPhase
{
    /// <summary>Nothing was submitted under this id.</summary>
    Unknown,

    /// <summary>A silo is reading and checking the data.</summary>
    Preparing,

    /// <summary>The data is good and the trials are counted; waits for <see cref="ISweepGrain.Start"/>.</summary>
    Prepared,

    /// <summary>Trials are waiting for slots or training.</summary>
    Running,

    /// <summary>Every trial has ended; the ensemble is being formed and evaluated.</summary>
    Forming,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Cancelled by the user; finished trials are kept.</summary>
    Cancelled,

    /// <summary>The input was bad; nothing was trained. <see cref="SweepProgress.Problem"/> says why.</summary>
    Rejected,
}
