using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Galleries;

/// <summary>The enrolled names that an image is most like.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Identification")]
public sealed record Identification
{
    /// <summary>The nearest names, the nearest first; ties are sorted by name.</summary>
    [Id(0)] public required ImmutableArray<Match> Matches { get; init; }

    /// <summary>A combined distance up to this is *same*.</summary>
    [Id(1)] public required double Threshold { get; init; }

    [Id(2)] public required string Ensemble { get; init; }
    [Id(3)] public required int Version { get; init; }

    /// <summary>Number of references that were searched: all that were enrolled when the call came.</summary>
    [Id(4)] public required int References { get; init; }

    /// <summary>Milliseconds that the silo took.</summary>
    [Id(5)] public required double Milliseconds { get; init; }

    /// <summary>Members that could not be loaded; they have less than half of the weight.</summary>
    [Id(6)] public ImmutableArray<AbsentMember> Absent { get; init; } = [];

    /// <summary>Whether some members took no part in it.</summary>
    public bool IsDegraded => !Absent.IsEmpty;
}
