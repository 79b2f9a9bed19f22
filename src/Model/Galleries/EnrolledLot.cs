namespace Siamese.Model.Galleries;

/// <summary>References of a gallery as the members of an ensemble see them.</summary>
/// <param name="Names">(R) whom each shows.</param>
/// <param name="Embeddings">For each member (R, D), row by row.</param>
public sealed record EnrolledLot(IReadOnlyList<string> Names, IReadOnlyList<float[]> Embeddings)
{
    /// <summary>Bytes of its embeddings.</summary>
    public long Bytes => Embeddings.Sum(ofMember => (long)ofMember.Length) * sizeof(float);
}
