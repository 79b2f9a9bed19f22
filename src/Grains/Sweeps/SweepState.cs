using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Donors;
using Siamese.Grains.Sweeps.Ledger;

namespace Siamese.Grains.Sweeps;

/// <summary>The stored state of a sweep. Its trials are derived from it; their results are stored with each trial.</summary>
[GenerateSerializer, Alias("siamese.SweepState")]
internal sealed class SweepState
{
    [Id(0)] public SweepRequest? Request { get; set; }
    [Id(1)] public SweepPhase Phase { get; set; }
    [Id(2)] public string? Problem { get; set; }
    [Id(3)] public SweepPlan? Plan { get; set; }

    /// <summary>Version of the training code that the trials were planned for.</summary>
    [Id(4)] public string CodeVersion { get; set; } = "";

    [Id(5)] public DateTimeOffset SubmittedAt { get; set; }
    [Id(6)] public DateTimeOffset? StartedAt { get; set; }
    [Id(7)] public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Trials that ended under an earlier build. The ledger is now stored separately: <see cref="StoredLines{TLine, TPage}"/>.</summary>
    [Id(8)] public List<EndedTrial> Ended { get; set; } = [];

    /// <summary>Whether the user cancelled the sweep.</summary>
    [Id(9)] public bool IsCancelled { get; set; }

    [Id(10)] public SweepResult? Result { get; set; }

    /// <summary>Number of silos that tried to read the data and could not get it.</summary>
    [Id(11)] public int Unavailable { get; set; }

    /// <summary>The request, including the points that were added since.</summary>
    public SweepRequest Extended => Request! with { Points = Points ?? Request.Points };

    /// <summary>The request as it is trained: with the points that were added since, and defaults that suit the data.</summary>
    public SweepRequest Fitted => Data is { } data ? DataDefaults.Fit(Extended, data) : Extended;

    /// <summary>When the sweep stops now.</summary>
    public StopRule CurrentStop => Stop ?? Request!.Stop;

    /// <summary>Final number of points, if it differs from the request because points were added or given up.</summary>
    [Id(12)] public int? Points { get; set; }

    /// <summary>Null before the data has been read.</summary>
    [Id(13)] public DataFacts? Data { get; set; }

    /// <summary>When the sweep stops, if that differs from the request.</summary>
    [Id(14)] public StopRule? Stop { get; set; }

    /// <summary>When the time of <see cref="Stop"/> started to count; null if that is when training started.</summary>
    [Id(15)] public DateTimeOffset? StopFrom { get; set; }

    /// <summary>Why the sweep stopped early; null if it did not.</summary>
    [Id(16)] public string? Stopped { get; set; }

    /// <summary>The newest version of the sweep's ensemble; null before the first one, and in a sweep that ended under an earlier build.</summary>
    [Id(17)] public EnsembleSoFar? Newest { get; set; }

    /// <summary>Whether trials that have begun end with their last validated epoch, and no others begin.</summary>
    [Id(18)] public bool IsFinishing { get; set; }

    /// <summary>Context of the submission's span, a W3C `traceparent`; null if the sweep was submitted without telemetry.</summary>
    [Id(19)] public string? Trace { get; set; }

    /// <summary>Whose weights its trials start from, as found when it was submitted; <see cref="Request"/> then has what fits them. Null if they start from random weights.</summary>
    [Id(40)] public Donor? Donor { get; set; }
}
