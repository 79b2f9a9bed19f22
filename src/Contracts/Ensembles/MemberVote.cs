using Siamese.Contracts.Data;

namespace Siamese.Contracts.Ensembles;

/// <summary>What one member says of a pair.</summary>
/// <param name="Trial">The member's trial.</param>
/// <param name="Distance">In units of the member's own distance.</param>
/// <param name="Threshold">The member's own threshold times the ensemble's in use, in the same units.</param>
/// <param name="Weight">Its share of the combined distance.</param>
/// <param name="Vote">What it would say alone.</param>
[GenerateSerializer, Immutable, Alias("siamese.MemberVote")]
public sealed record MemberVote(string Trial, double Distance, double Threshold, double Weight, Relation Vote);
