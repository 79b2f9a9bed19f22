using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>Images as the members of an ensemble embed them.</summary>
/// <param name="Version">Version of the ensemble.</param>
/// <param name="Members">All of its members, in their order.</param>
/// <param name="Problems">For each image of the call, why it could not be read, or null. Unreadable images have no rows.</param>
[GenerateSerializer, Immutable, Alias("siamese.EmbeddedImages")]
public sealed record EmbeddedImages(int Version, ImmutableArray<MemberEmbeddings> Members, ImmutableArray<string?> Problems);

/// <summary>Images as one member embeds them.</summary>
/// <param name="Trial">The member's trial.</param>
/// <param name="Distance">The distance that it measures between two rows, such as `euclidean`.</param>
/// <param name="Threshold">The distance at which it decides between *same* and *different*.</param>
/// <param name="Weight">Its share in the ensemble's distance, 0 to 1.</param>
/// <param name="Width">D, the length of a row.</param>
/// <param name="Rows">N·D numbers, row by row, for the N readable images.</param>
[GenerateSerializer, Immutable, Alias("siamese.MemberEmbeddings")]
public sealed record MemberEmbeddings(string Trial, string Distance, double Threshold, double Weight, int Width, ImmutableArray<float> Rows);
