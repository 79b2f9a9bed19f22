namespace Siamese.Contracts.Trials;

/// <summary>One lease of a trial: the time during which one silo was allowed to train it.</summary>
/// <param name="Number">From 1; a later lease has a higher number.</param>
/// <param name="Silo">The silo.</param>
/// <param name="Sweep">The sweep that wanted the trial trained.</param>
/// <param name="GrantedAt">When it began.</param>
/// <param name="FromEpoch">Number of finished epochs of the checkpoint that it resumed from; null if it started from the beginning.</param>
[GenerateSerializer, Immutable, Alias("siamese.LeaseRecord")]
public sealed record LeaseRecord(long Number, string Silo, string Sweep, DateTimeOffset GrantedAt, int? FromEpoch)
{
    /// <summary>Number of finished epochs of its last checkpoint; null if it wrote none.</summary>
    [Id(0)] public int? Checkpoint { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    [Id(1)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended, such as `completed` or `its silo died`; null if it has not.</summary>
    [Id(2)] public string? End { get; init; }
}
