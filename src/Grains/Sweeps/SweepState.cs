using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>What is stored of a sweep. Its trials follow from it; what they gave is stored with each trial.</summary>
[GenerateSerializer, Alias("siamese.SweepState")]
internal sealed class SweepState
{
    [Id(0)] public SweepRequest? Request { get; set; }
    [Id(1)] public SweepPhase Phase { get; set; }
    [Id(2)] public string? Problem { get; set; }
    [Id(3)] public SweepPlan? Plan { get; set; }

    /// <summary>Version of the training code that the trials are for.</summary>
    [Id(4)] public string CodeVersion { get; set; } = "";

    [Id(5)] public DateTimeOffset SubmittedAt { get; set; }
    [Id(6)] public DateTimeOffset? StartedAt { get; set; }
    [Id(7)] public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Trials that had ended in a sweep of an earlier build; now the ledger is stored by itself: <see cref="StoredLines{TLine, TPage}"/>.</summary>
    [Id(8)] public List<EndedTrial> Ended { get; set; } = [];

    /// <summary>Whether the user cancelled the sweep.</summary>
    [Id(9)] public bool IsCancelled { get; set; }

    [Id(10)] public SweepResult? Result { get; set; }

    /// <summary>Silos on which the data was to be read and could not be had.</summary>
    [Id(11)] public int Unavailable { get; set; }

    /// <summary>Number of points that the sweep has in the end, where it is not that of the request: points were added, or given up.</summary>
    [Id(12)] public int? Points { get; set; }

    /// <summary>Null before the data has been read.</summary>
    [Id(13)] public DataFacts? Data { get; set; }

    /// <summary>When it stops, where that is not as requested.</summary>
    [Id(14)] public StopRule? Stop { get; set; }

    /// <summary>When the time of <see cref="Stop"/> began; null where that is when training did.</summary>
    [Id(15)] public DateTimeOffset? StopFrom { get; set; }

    /// <summary>Why it stopped early; null where it did not.</summary>
    [Id(16)] public string? Stopped { get; set; }

    /// <summary>The newest version of its ensemble; null before there is one, and in a sweep that ended in an earlier build.</summary>
    [Id(17)] public EnsembleSoFar? Newest { get; set; }
}
