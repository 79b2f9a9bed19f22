using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Trials;

/// <summary>The stored state of a trial.</summary>
[GenerateSerializer, Alias("siamese.TrialState")]
internal sealed class TrialState
{
    [Id(0)] public TrialSpec? Spec { get; set; }

    /// <summary>Sweeps that hold the trial. It is forgotten when the last one is removed.</summary>
    [Id(1)] public HashSet<string> Followers { get; set; } = [];

    /// <summary>Number of the last granted lease; only reports from its holder count.</summary>
    [Id(2)] public long Fence { get; set; }

    /// <summary>The silo that the lease was granted to; null if no lease is held.</summary>
    [Id(3)] public string? LeasedTo { get; set; }

    /// <summary>Whether the user cancelled the current lease.</summary>
    [Id(4)] public bool IsCancelled { get; set; }

    [Id(5)] public TrialResult? Result { get; set; }

    /// <summary>The sweep that the lease was granted for.</summary>
    [Id(6)] public string? LeasedFor { get; set; }

    /// <summary>
    /// The followers that wait for the current lease: they receive its news, and it stops when the last of them cancels. A
    /// sweep that has ended still holds the trial but waits for nothing.
    /// </summary>
    [Id(7)] public HashSet<string> WantedBy { get; set; } = [];

    /// <summary>The checkpoint that the next lease resumes from; null to start from the beginning.</summary>
    [Id(8)] public Checkpoint? Checkpoint { get; set; }

    /// <summary>Number of failures that the last lease allowed before one is final.</summary>
    [Id(9)] public int Retries { get; set; }

    /// <summary>Number of failures since the trial was last allowed to run.</summary>
    [Id(10)] public int Failures { get; set; }

    /// <summary>The last lease whose result did not end the trial, so that the same result counts once when it is repeated; null before the first.</summary>
    [Id(11)] public long? CountedFence { get; set; }

    /// <summary>Number of leases during which the silo died, since the trial last made progress.</summary>
    [Id(12)] public int Deaths { get; set; }

    /// <summary>Whether the current lease must be handed back because no sweep wants the trial trained for now.</summary>
    [Id(13)] public bool IsPaused { get; set; }

    /// <summary>Imported ensembles that use this trial's weights, and sweeps that start from them, each with its blob. A blob stays while one of them holds it.</summary>
    [Id(14)] public Dictionary<string, string> Holders { get; set; } = [];

    /// <summary>The followers that want the trial to end with its last validated epoch.</summary>
    [Id(15)] public HashSet<string> FinishedBy { get; set; } = [];

    /// <summary>How the trial ended for the followers that finished it early. For others it is as if it had been paused.</summary>
    [Id(16)] public Dictionary<string, TrialResult> EarlyResults { get; set; } = [];

    /// <summary>Its last leases, the newest last, for people.</summary>
    [Id(17)] public List<LeaseRecord> Leases { get; set; } = [];
}
