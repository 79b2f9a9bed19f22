using Siamese.Contracts.Ensembles;
using Siamese.Model.Distances;

namespace Siamese.Model.Galleries;

/// <summary>
/// An image as embedded by the members of an ensemble, to compare exactly with every reference of a gallery, by the same
/// distances as verdicts. The combined distance is a weighted sum of distances that may be of different kinds, so a
/// nearest-neighbour index for one vector does not fit. The sum only grows, so a reference that is too far by the first
/// members need not be compared by the others.
/// </summary>
public sealed class Probe
{
    private readonly (Distance Distance, float[] Embedding, double Scale)[] _members;

    /// <param name="ensemble">The ensemble.</param>
    /// <param name="embeddings">For each of its members, the image's embedding (D).</param>
    /// <exception cref="ArgumentException">There is not one embedding for each member, or one contains a number that is not finite.</exception>
    public Probe(Ensemble ensemble, IReadOnlyList<float[]> embeddings)
    {
        if (embeddings.Count != ensemble.Members.Length || embeddings.Any(embedding => !embedding.All(float.IsFinite)))
            throw new ArgumentException($"{embeddings.Count} embeddings for {ensemble.Members.Length} members, or some numbers are not finite.", nameof(embeddings));
        _members =
        [
            .. ensemble.Members.Zip(embeddings, (member, embedding) =>
                (Distance.Of(member.Spec.Hyperparameters), embedding, member.Weight / member.Threshold)),
        ];
    }

    /// <summary>Compares the image with every reference of a lot.</summary>
    /// <param name="lot">The lot, with members in the ensemble's order.</param>
    /// <param name="number">The number of the lot in its gallery.</param>
    /// <param name="nearest">Receives every reference that may be among the nearest.</param>
    public void Search(EnrolledLot lot, int number, NearestNames nearest)
    {
        for (var row = 0; row < lot.Names.Count; row++)
        {
            var (sum, m) = (0.0, 0);
            // Same order and precision as CombinedDistances, to get the same sums.
            for (; m < _members.Length && (float)sum <= nearest.Bound; m++)
                sum += To(lot, row, m) * _members[m].Scale;
            if ((float)sum <= nearest.Bound)
                nearest.Offer(new NearReference(lot.Names[row], (float)sum, number, row));
        }
    }

    /// <summary>The distance to one reference under each member, in units of the member's own distance.</summary>
    public float[] Distances(EnrolledLot lot, int row) => [.. _members.Select((_, m) => To(lot, row, m))];

    private float To(EnrolledLot lot, int row, int m)
    {
        var (distance, embedding, _) = _members[m];
        return distance.Between(embedding, lot.Embeddings[m].AsSpan(row * embedding.Length, embedding.Length));
    }
}
