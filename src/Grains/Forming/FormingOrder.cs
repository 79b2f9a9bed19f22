using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Trials;

namespace Siamese.Grains.Forming;

/// <summary>What to form a version from.</summary>
[GenerateSerializer, Immutable, Alias("siamese.FormingOrder")]
internal sealed record FormingOrder
{
    /// <summary>The data that the candidates were trained on.</summary>
    [Id(0)] public required DataSource Data { get; init; }

    /// <summary>Its content hash at that time.</summary>
    [Id(1)] public required string DataFingerprint { get; init; }

    /// <summary>Completed trials.</summary>
    [Id(2)] public required ImmutableArray<TrialReport> Candidates { get; init; }

    /// <summary>Maximum number of members.</summary>
    [Id(3)] public required int MaximumMembers { get; init; }

    /// <summary>
    /// Whether its sweep has ended. If so, the version is measured on test pairs and keeps training images for the novelty
    /// check. A version formed during training has neither, and is not stored if it equals the previous version.
    /// </summary>
    [Id(4)] public required bool IsFinal { get; init; }

    /// <summary>Context of the sweep's trace, a W3C `traceparent`; null if it has none.</summary>
    [Id(5)] public string? Trace { get; init; }
}
