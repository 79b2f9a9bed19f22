using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Model.Ensembles;

/// <summary>What an ensemble says of one pair; a <see cref="Verdict"/> but for the names and the time.</summary>
/// <param name="Relation">*Same* where the distance is at most the ensemble's threshold.</param>
/// <param name="Distance">The combined distance.</param>
/// <param name="Probability">Calibrated probability that the pair is *same*, for a prior of one half.</param>
/// <param name="Votes">What each member says alone, in their order.</param>
public sealed record Judgement(Relation Relation, double Distance, double Probability, ImmutableArray<MemberVote> Votes);
