using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Model.Ensembles;

/// <summary>What an ensemble says of one pair; a <see cref="Verdict"/> but for the names and the time.</summary>
/// <param name="Relation">*Same* where the distance is at most the ensemble's threshold.</param>
/// <param name="Distance">The combined distance.</param>
/// <param name="Probability">Calibrated probability that the pair is *same*, for the prior of the terms.</param>
/// <param name="Votes">What each member says alone, in their order.</param>
/// <param name="Disagreement">Share of the weight whose members vote against the relation.</param>
/// <param name="Doubts">Why it is unsure, a sentence each.</param>
public sealed record Judgement(
    Relation Relation, double Distance, double Probability, ImmutableArray<MemberVote> Votes, double Disagreement, ImmutableArray<string> Doubts)
{
    /// <summary>The relation, or *unsure* where there is a doubt.</summary>
    public Answer Answer => !Doubts.IsEmpty ? Answer.Unsure : Relation is Relation.Same ? Answer.Same : Answer.Different;
}
