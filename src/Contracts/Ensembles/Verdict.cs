using System.Collections.Immutable;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.References;

namespace Siamese.Contracts.Ensembles;

/// <summary>The answer for one pair.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Verdict")]
public sealed record Verdict
{
    /// <summary>*Same* if the distance is at most the threshold, even if the answer is unsure.</summary>
    [Id(0)] public required Relation Relation { get; init; }

    /// <summary>Weighted mean of the members' distances, each divided by the member's threshold.</summary>
    [Id(1)] public required double Distance { get; init; }

    [Id(2)] public required double Threshold { get; init; }

    /// <summary>Calibrated probability that the pair is *same*, for <see cref="Prior"/>.</summary>
    [Id(3)] public required double Probability { get; init; }

    [Id(4)] public required string Ensemble { get; init; }
    [Id(5)] public required int Version { get; init; }

    /// <summary>Each member's vote, with its share of this distance.</summary>
    [Id(6)] public required ImmutableArray<MemberVote> Members { get; init; }

    /// <summary>Milliseconds that the silo took.</summary>
    [Id(7)] public required double Milliseconds { get; init; }

    /// <summary>Members that could not be loaded; they have less than half of the weight.</summary>
    [Id(8)] public ImmutableArray<AbsentMember> Absent { get; init; } = [];

    /// <summary>The <see cref="Relation"/>, or *unsure* if there is a doubt.</summary>
    [Id(9)] public required Answer Answer { get; init; }

    /// <summary>Why it is unsure, one sentence for each reason; empty if it is not.</summary>
    [Id(10)] public ImmutableArray<string> Doubts { get; init; } = [];

    /// <summary>Share of the weight of the members that vote against <see cref="Relation"/>.</summary>
    [Id(11)] public required double Disagreement { get; init; }

    /// <summary>The probability of *same* that was assumed before the images were seen.</summary>
    [Id(12)] public double Prior { get; init; } = 0.5;

    /// <summary>The operating point that set the threshold; null if it is the ensemble's own.</summary>
    [Id(13)] public OperatingPoint? OperatingPoint { get; init; }

    /// <summary>How much its images look like the training images; null if not requested.</summary>
    [Id(14)] public Familiarity? Familiarity { get; init; }

    /// <summary>Its id for feedback, in the format of <see cref="VerdictId"/>; null if members are absent, because then its distance is not the version's.</summary>
    [Id(15)] public string? Id { get; init; }

    /// <summary>How several references were used; null if it is about a pair. There are no votes then: the members' distances have no thresholds of their own.</summary>
    [Id(16)] public ReferenceUse? References { get; init; }

    /// <summary>Whether some members took no part in it.</summary>
    public bool IsDegraded => !Absent.IsEmpty;
}
