using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;

namespace Siamese.Model.Ensembles;

/// <summary>An ensemble's judgement of one pair: a <see cref="Verdict"/> without the names and the time.</summary>
/// <param name="Relation">*Same* if the distance is at most the ensemble's threshold.</param>
/// <param name="Distance">The combined distance.</param>
/// <param name="Probability">Calibrated probability that the pair is *same*, for the prior of the terms.</param>
/// <param name="Votes">The vote of each member, in the members' order.</param>
/// <param name="Disagreement">Share of the weight of members that vote against the relation.</param>
/// <param name="Doubts">The reasons for being unsure, one phrase each.</param>
public sealed record Judgement(
    Relation Relation, double Distance, double Probability, ImmutableArray<MemberVote> Votes, double Disagreement, ImmutableArray<string> Doubts)
{
    /// <summary>The relation, or *unsure* if there is a doubt.</summary>
    public Answer Answer => !Doubts.IsEmpty ? Answer.Unsure : Relation is Relation.Same ? Answer.Same : Answer.Different;
}
