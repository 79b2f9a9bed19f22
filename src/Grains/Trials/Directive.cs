namespace Siamese.Grains.Trials;

/// <summary>What a trainer must do next. The trial answers each report with one; if it changes between reports, the trial also sends it at once.</summary>
[GenerateSerializer, Alias("siamese.Directive")]
internal enum Directive
{
    /// <summary>Continue training; the lease has a full term again.</summary>
    Continue,

    /// <summary>The user cancelled the trial: stop.</summary>
    Cancel,

    /// <summary>The lease is not, or no longer, this trainer's: stop and write nothing.</summary>
    Stale,

    /// <summary>The sweep paused the trial: write a checkpoint and hand the lease back.</summary>
    Pause,

    /// <summary>The user finished the trial early: end it with the last validated epoch.</summary>
    Finish,
}
