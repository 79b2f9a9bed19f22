namespace Siamese.Model.Galleries;

/// <summary>References of a gallery as embedded by the members of an ensemble.</summary>
/// <param name="Names">(R): who or what each shows.</param>
/// <param name="Embeddings">For each member, (R, D), row by row.</param>
public sealed record EnrolledLot(IReadOnlyList<string> Names, IReadOnlyList<float[]> Embeddings)
{
    /// <summary>Size of its embeddings in bytes.</summary>
    public long Bytes => Embeddings.Sum(ofMember => (long)ofMember.Length) * sizeof(float);
}
