using System.Collections.Immutable;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Ensembles;

/// <summary>The answer for one pair.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Verdict")]
public sealed record Verdict
{
    /// <summary>*Same* where the distance is at most the threshold.</summary>
    [Id(0)] public required Relation Relation { get; init; }

    /// <summary>Weighted mean of the members' distances, each divided by its threshold.</summary>
    [Id(1)] public required double Distance { get; init; }

    [Id(2)] public required double Threshold { get; init; }

    /// <summary>Calibrated probability that the pair is *same*, for a prior of one half.</summary>
    [Id(3)] public required double Probability { get; init; }

    [Id(4)] public required string Ensemble { get; init; }
    [Id(5)] public required int Version { get; init; }

    /// <summary>What each member said, with its share of this distance.</summary>
    [Id(6)] public required ImmutableArray<MemberVote> Members { get; init; }

    /// <summary>Milliseconds that the silo took.</summary>
    [Id(7)] public required double Milliseconds { get; init; }

    /// <summary>Members that could not be loaded; they have less than half of the weight.</summary>
    [Id(8)] public ImmutableArray<AbsentMember> Absent { get; init; } = [];

    /// <summary>Whether not all members had a part in it.</summary>
    public bool IsDegraded => !Absent.IsEmpty;
}
