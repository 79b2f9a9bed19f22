using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Trials;

namespace Siamese.Contracts.Sweeps;

/// <summary>The current state of a sweep, and the trials that ended since the caller last asked.</summary>
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

    /// <summary>Why the waiting trials wait, such as `for a free slot`; null if none does.</summary>
    [Id(5)] public string? WaitingFor { get; init; }

    [Id(6)] public ImmutableArray<RunningTrial> Running { get; init; } = [];

    /// <summary>
    /// Trials that ended after the caller's cursor, in the order in which they ended; at most 500 per call. A failed trial
    /// that is retried appears again, as waiting.
    /// </summary>
    [Id(7)] public ImmutableArray<TrialReport> Ended { get; init; } = [];

    /// <summary>Pass to the next <see cref="ISweepGrain.GetProgress"/>: the number of entries of <see cref="Ended"/> returned so far.</summary>
    [Id(8)] public int Cursor { get; init; }

    /// <summary>Total number of trials that have ended.</summary>
    [Id(9)] public int EndedInAll { get; init; }

    /// <summary>Number of slots of all silos in the cluster.</summary>
    [Id(10)] public int Slots { get; init; }

    /// <summary>Seconds since training started, up to the end if there is one.</summary>
    [Id(11)] public double Seconds { get; init; }

    /// <summary>Name of the ensemble, once formed.</summary>
    [Id(12)] public string? Ensemble { get; init; }

    /// <summary>How good the ensemble and its best member are on test pairs, once known.</summary>
    [Id(13)] public SweepResult? Result { get; init; }

    /// <summary>When the sweep was submitted.</summary>
    [Id(14)] public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The value that <see cref="Cursor"/> will reach: the total number of entries for <see cref="Ended"/>.</summary>
    [Id(15)] public int CursorEnd { get; init; }

    /// <summary>Final number of points of the sweep: those of its request and those that were added.</summary>
    [Id(16)] public int Points { get; init; }

    /// <summary>Points that an adaptive search proposed but that are not trained, in words; null if there are none.</summary>
    [Id(17)] public string? LeftOut { get; init; }

    /// <summary>Why the sweep stopped before all of its trials were trained; null if it did not.</summary>
    [Id(18)] public string? Stopped { get; init; }

    /// <summary>The newest version of its ensemble; null until its first trial has finished.</summary>
    [Id(19)] public EnsembleSoFar? Newest { get; init; }

    /// <summary>How far the data has been read; null if it is not being read, or if its images are not in files of their own.</summary>
    [Id(20)] public ImagesRead? Reading { get; init; }

    /// <summary>Whether <see cref="ISweepGrain.Extend"/> can give it more points now: never if it is a grid, which has every combination already.</summary>
    [Id(21)] public bool CanExtend { get; init; }

    /// <summary>How many of the images have the features that running trials wait for; null if none waits.</summary>
    [Id(22)] public ImagesRead? Features { get; init; }
}

/// <summary>Progress of reading a data set.</summary>
/// <param name="Read">Number of images read so far.</param>
/// <param name="All">Number of images to read.</param>
[GenerateSerializer, Immutable, Alias("siamese.ImagesRead")]
public sealed record ImagesRead(int Read, int All);
