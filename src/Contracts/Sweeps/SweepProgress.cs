using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Training;

namespace Siamese.Contracts.Sweeps;

/// <summary>A sweep as it stands, and what has ended since the caller last asked.</summary>
[GenerateSerializer, Immutable, Alias("siamese.SweepProgress")]
public sealed record SweepProgress
{
    [Id(0)] public required string Sweep { get; init; }
    [Id(1)] public required SweepPhase Phase { get; init; }

    /// <summary>Why the phase is <see cref="SweepPhase.Rejected"/>, or why no ensemble could be formed.</summary>
    [Id(2)] public string? Problem { get; init; }

    /// <summary>Null until the data has been read.</summary>
    [Id(3)] public SweepPlan? Plan { get; init; }

    /// <summary>Trials that are neither running nor ended.</summary>
    [Id(4)] public int Waiting { get; init; }

    /// <summary>Why the waiting trials wait, as `for a free slot`; null where none does.</summary>
    [Id(5)] public string? WaitingFor { get; init; }

    [Id(6)] public ImmutableArray<RunningTrial> Running { get; init; } = [];

    /// <summary>
    /// Trials that ended after the caller's cursor, in the order in which they ended; at most 500 a call. One that was let
    /// run again after it had failed comes again, as waiting.
    /// </summary>
    [Id(7)] public ImmutableArray<TrialReport> Ended { get; init; } = [];

    /// <summary>Pass to the next <see cref="ISweepGrain.GetProgress"/>: the number of lines of <see cref="Ended"/> that have been handed out.</summary>
    [Id(8)] public int Cursor { get; init; }

    /// <summary>Number of trials that have ended in all.</summary>
    [Id(9)] public int EndedInAll { get; init; }

    /// <summary>Slots of all silos of the cluster.</summary>
    [Id(10)] public int Slots { get; init; }

    /// <summary>Seconds since training started, up to the end where there is one.</summary>
    [Id(11)] public double Seconds { get; init; }

    /// <summary>Name of the ensemble, once formed.</summary>
    [Id(12)] public string? Ensemble { get; init; }

    /// <summary>How good the ensemble and its best member are on test pairs, once known.</summary>
    [Id(13)] public SweepResult? Result { get; init; }

    /// <summary>When the sweep was submitted.</summary>
    [Id(14)] public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Where <see cref="Cursor"/> gets to: the number of lines that there are for <see cref="Ended"/>.</summary>
    [Id(15)] public int CursorEnd { get; init; }

    /// <summary>Number of points that the sweep has in the end: those of its request and those that were added.</summary>
    [Id(16)] public int Points { get; init; }

    /// <summary>Points that an adaptive search proposed and that are not trained, in words; null where there are none.</summary>
    [Id(17)] public string? LeftOut { get; init; }

    /// <summary>Why the sweep stopped though not all of its trials were trained; null where it did not.</summary>
    [Id(18)] public string? Stopped { get; init; }

    /// <summary>The newest version of its ensemble, which has one from its first finished trial on; null before.</summary>
    [Id(19)] public EnsembleSoFar? Newest { get; init; }
}
