using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Training;

namespace Siamese.Contracts.Ensembles;

/// <summary>What a version is to be formed of.</summary>
[GenerateSerializer, Immutable, Alias("siamese.FormingOrder")]
public sealed record FormingOrder
{
    /// <summary>The data that the candidates were trained on.</summary>
    [Id(0)] public required DataSource Data { get; init; }

    /// <summary>What its content was then.</summary>
    [Id(1)] public required string DataFingerprint { get; init; }

    /// <summary>Completed trials.</summary>
    [Id(2)] public required ImmutableArray<TrialReport> Candidates { get; init; }

    /// <summary>So many of them become members at most.</summary>
    [Id(3)] public required int MaximumMembers { get; init; }

    /// <summary>
    /// Whether its sweep has ended: then the version is measured on test pairs, and training images are kept with it for the
    /// novelty check. A version of a sweep that still trains has neither, and is not stored where it is the one before again.
    /// </summary>
    [Id(4)] public required bool IsFinal { get; init; }
}
