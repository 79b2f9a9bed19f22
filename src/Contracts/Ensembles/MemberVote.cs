using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Ensembles;

/// <summary>One member's vote on a pair.</summary>
/// <param name="Trial">The member's trial.</param>
/// <param name="Distance">In units of the member's own distance.</param>
/// <param name="Threshold">The member's own threshold times the ensemble threshold in use, in the same units.</param>
/// <param name="Weight">Its share of the combined distance.</param>
/// <param name="Vote">The answer it would give alone.</param>
[GenerateSerializer, Immutable, Alias("siamese.MemberVote")]
public sealed record MemberVote(string Trial, double Distance, double Threshold, double Weight, Relation Vote);

/// <summary>A member that took no part in a verdict.</summary>
/// <param name="Trial">Its trial.</param>
/// <param name="Weight">Its share of the whole ensemble, 0 to 1.</param>
/// <param name="Reason">Why it could not be loaded.</param>
[GenerateSerializer, Immutable, Alias("siamese.AbsentMember")]
public sealed record AbsentMember(string Trial, double Weight, string Reason);
