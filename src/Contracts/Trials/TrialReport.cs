namespace Siamese.Contracts.Trials;

/// <summary>One trial as a sweep shows it.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialReport")]
public sealed record TrialReport
{
    [Id(0)] public required string Trial { get; init; }
    [Id(1)] public required TrialSpec Spec { get; init; }
    [Id(2)] public required TrialStatus Status { get; init; }

    /// <summary>True if an earlier or overlapping sweep trained it.</summary>
    [Id(3)] public bool Reused { get; init; }

    /// <summary>Null until it has ended.</summary>
    [Id(4)] public TrialResult? Result { get; init; }

    /// <summary>Why it is not being trained, such as `waiting for a free slot`, or may soon stop; null if it is being trained or has ended.</summary>
    [Id(5)] public string? Why { get; init; }
}
