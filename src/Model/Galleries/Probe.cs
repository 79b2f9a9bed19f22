using Siamese.Contracts.Ensembles;
using Siamese.Model.Distances;

namespace Siamese.Model.Galleries;

/// <summary>
/// An image as the members of an ensemble see it, to be compared with every reference of a gallery: exactly, by the distances
/// that verdicts have. The combined distance is a weighted sum of distances that may be of other kinds, so indexes for the
/// nearest neighbours of one vector do not fit; a sum grows, so what is too far by the first members need not be compared by
/// the others.
/// </summary>
public sealed class Probe
{
    private readonly (Distance Distance, float[] Embedding, double Scale)[] _members;

    /// <param name="ensemble">The ensemble.</param>
    /// <param name="embeddings">For each of its members the image's embedding (D).</param>
    /// <exception cref="ArgumentException">Not one embedding for each member, or one holds what is no finite number.</exception>
    public Probe(Ensemble ensemble, IReadOnlyList<float[]> embeddings)
    {
        if (embeddings.Count != ensemble.Members.Length || embeddings.Any(embedding => !embedding.All(float.IsFinite)))
            throw new ArgumentException($"{embeddings.Count} embeddings for {ensemble.Members.Length} members, or not all of finite numbers.", nameof(embeddings));
        _members =
        [
            .. ensemble.Members.Zip(embeddings, (member, embedding) =>
                (Distance.Of(member.Spec.Hyperparameters), embedding, member.Weight / member.Threshold)),
        ];
    }

    /// <summary>Compares the image with every reference of a lot.</summary>
    /// <param name="lot">The lot, its members in the order of the ensemble's.</param>
    /// <param name="number">The number of the lot in its gallery.</param>
    /// <param name="nearest">Told of every reference that may be among the nearest.</param>
    public void Search(EnrolledLot lot, int number, NearestNames nearest)
    {
        for (var row = 0; row < lot.Names.Count; row++)
        {
            var (sum, m) = (0.0, 0);
            // In the order and precision of CombinedDistances, for the same sums.
            for (; m < _members.Length && (float)sum <= nearest.Bound; m++)
                sum += To(lot, row, m) * _members[m].Scale;
            if ((float)sum <= nearest.Bound)
                nearest.Offer(new NearReference(lot.Names[row], (float)sum, number, row));
        }
    }

    /// <summary>The distance to one reference under each member, in units of the member's own.</summary>
    public float[] Distances(EnrolledLot lot, int row) => [.. _members.Select((_, m) => To(lot, row, m))];

    private float To(EnrolledLot lot, int row, int m)
    {
        var (distance, embedding, _) = _members[m];
        return distance.Between(embedding, lot.Embeddings[m].AsSpan(row * embedding.Length, embedding.Length));
    }
}
