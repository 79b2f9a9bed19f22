using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Commands.Embeddings;

/// <summary>Embedded images.</summary>
/// <param name="Ensemble">Name of the ensemble.</param>
/// <param name="Version">Its version.</param>
/// <param name="Members">Its members, without rows.</param>
/// <param name="Ids">The images' paths as the user gave them, one for each row.</param>
/// <param name="Rows">For each image, the embeddings of all members, one after the other.</param>
/// <param name="Problems">For each image that could not be embedded, the reason.</param>
internal sealed record ImageEmbeddings(
    string Ensemble, int Version, IReadOnlyList<MemberEmbeddings> Members, IReadOnlyList<string> Ids, IReadOnlyList<float[]> Rows, IReadOnlyList<string> Problems)
{
    /// <summary>Length of a row.</summary>
    public int Width { get; } = Members.Sum(member => member.Width);
}
