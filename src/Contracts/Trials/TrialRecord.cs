using System.Collections.Immutable;

namespace Siamese.Contracts.Trials;

/// <summary>What is stored about a trial.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialRecord")]
public sealed record TrialRecord
{
    /// <summary>Maximum number of leases that are remembered.</summary>
    public const int MaximumLeases = 20;

    [Id(0)] public required string Trial { get; init; }
    [Id(1)] public required TrialSpec Spec { get; init; }

    /// <summary>Its last leases, the newest last; empty for a trial that an earlier build trained.</summary>
    [Id(2)] public ImmutableArray<LeaseRecord> Leases { get; init; } = [];

    /// <summary>Total number of leases so far.</summary>
    [Id(3)] public long LeaseCount { get; init; }

    /// <summary>The silo that trains it now; null if none does.</summary>
    [Id(4)] public string? Silo { get; init; }

    /// <summary>The last epoch that ended under the current lease; null if none has.</summary>
    [Id(5)] public EpochReport? Epoch { get; init; }

    /// <summary>How it ended; null if it has not, or only for a sweep that finished it early.</summary>
    [Id(6)] public TrialResult? Result { get; init; }

    /// <summary>Number of failures since it was last allowed to run.</summary>
    [Id(7)] public int Failures { get; init; }

    /// <summary>Number of epochs in its last checkpoint; null if there is none to resume from.</summary>
    [Id(8)] public int? Checkpoint { get; init; }

    /// <summary>The sweeps that it belongs to.</summary>
    [Id(9)] public ImmutableArray<string> Sweeps { get; init; } = [];
}
