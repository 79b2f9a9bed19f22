using Siamese.Contracts.Training;

namespace Siamese.Grains.Training;

/// <summary>What is stored of a trial.</summary>
[GenerateSerializer, Alias("siamese.TrialState")]
internal sealed class TrialState
{
    [Id(0)] public TrialSpec? Spec { get; set; }

    /// <summary>Sweeps that hold the trial. It is forgotten when the last one is removed.</summary>
    [Id(1)] public HashSet<string> Followers { get; set; } = [];

    /// <summary>Number of the last lease that was granted; only its holder is heard.</summary>
    [Id(2)] public long Fence { get; set; }

    /// <summary>The silo that holds that lease; null where nobody does.</summary>
    [Id(3)] public string? HeldBy { get; set; }

    /// <summary>Whether the user cancelled the lease that is out.</summary>
    [Id(4)] public bool IsCancelled { get; set; }

    [Id(5)] public TrialResult? Result { get; set; }

    /// <summary>The sweep that the lease was granted to.</summary>
    [Id(6)] public string? HeldFor { get; set; }

    /// <summary>
    /// Those followers that wait for the lease that is out: they are told its news, and it is stopped when the last of
    /// them cancels. A sweep that has ended still holds the trial, and waits for nothing.
    /// </summary>
    [Id(7)] public HashSet<string> WantedBy { get; set; } = [];

    /// <summary>Where the next lease goes on; null where it begins.</summary>
    [Id(8)] public Checkpoint? Checkpoint { get; set; }

    /// <summary>Failures that the last lease allowed before one is final.</summary>
    [Id(9)] public int Retries { get; set; }

    /// <summary>How often it failed since it was last let run.</summary>
    [Id(10)] public int Failures { get; set; }

    /// <summary>The lease that ended in the last failure, so that a failure that is told twice counts once; null before there is one.</summary>
    [Id(11)] public long? FailedFence { get; set; }

    /// <summary>Leases under which its silo died, since it last got any further.</summary>
    [Id(12)] public int Deaths { get; set; }

    /// <summary>Whether the lease that is out is to be handed back, as nobody wants the trial trained for now.</summary>
    [Id(13)] public bool IsPaused { get; set; }

    /// <summary>Ensembles that were brought in with weights of this trial, each with its blob: these stay while one holds them.</summary>
    [Id(14)] public Dictionary<string, string> Holders { get; set; } = [];
}
