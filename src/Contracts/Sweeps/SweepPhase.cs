namespace Siamese.Contracts.Sweeps;

/// <summary>The phase of a sweep.</summary>
[GenerateSerializer, Alias("siamese.SweepPhase")]
public enum SweepPhase
{
    /// <summary>Nothing was submitted under this id.</summary>
    Unknown,

    /// <summary>A silo is reading and checking the data.</summary>
    Preparing,

    /// <summary>The data is valid and the trials are counted; waiting for <see cref="ISweepGrain.Start"/>.</summary>
    Prepared,

    /// <summary>Trials are waiting for slots or training.</summary>
    Running,

    /// <summary>Every trial has ended; the ensemble is being formed and evaluated.</summary>
    Forming,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Cancelled by the user; finished trials are kept.</summary>
    Cancelled,

    /// <summary>The input was invalid; nothing was trained. <see cref="SweepProgress.Problem"/> says why.</summary>
    Rejected,
}
