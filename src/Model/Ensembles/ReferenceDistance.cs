using Siamese.Contracts.Ensembles;
using Siamese.Contracts.References;
using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Networks;

namespace Siamese.Model.Ensembles;

/// <summary>
/// The distance of an image to several references of one class, by an ensemble: the weighted mean over its members, of distances in units of
/// the members' thresholds or, for <see cref="ReferenceRule.Gaussian"/>, of standard deviations.
/// </summary>
/// <param name="ensemble">The ensemble.</param>
/// <param name="embeddings">For each of its members, (N, D), row by row.</param>
public sealed class ReferenceDistance(Ensemble ensemble, IReadOnlyList<float[]> embeddings)
{
    /// <summary>As if there were this many more references, whose spread is that of validation classes: a few references alone say little about it.</summary>
    private const double PriorReferences = 4;

    private readonly Distance[] _distances = [.. ensemble.Members.Select(member => Distance.Of(member.Spec.Hyperparameters))];
    private readonly int[] _widths = [.. ensemble.Members.Select(member => Encoders.WidthOf(member.Spec.Hyperparameters))];

    /// <summary>Whether the ensemble can fit normal distributions: it knows the spread of classes, and embeds both images of a pair alike.</summary>
    public static bool HasGaussian(Ensemble ensemble) =>
        ensemble.Members.All(member => !member.Spread.IsEmpty && member.Spec.Hyperparameters.Network is NetworkKind.Siamese);

    /// <param name="rule">How to measure.</param>
    /// <param name="image">Row of the image.</param>
    /// <param name="references">Rows of the references, at least one.</param>
    public float Of(ReferenceRule rule, int image, ReadOnlySpan<int> references)
    {
        switch (rule)
        {
            case ReferenceRule.Nearest:
                var nearest = float.PositiveInfinity;
                foreach (var reference in references)
                    nearest = Math.Min(nearest, Between(image, reference));
                return nearest;
            case ReferenceRule.Mean:
                var sum = 0.0;
                foreach (var reference in references)
                    sum += Between(image, reference);
                return (float)(sum / references.Length);
            default:
                var deviations = 0.0;
                for (var m = 0; m < _widths.Length; m++)
                    deviations += ensemble.Members[m].Weight * Deviations(m, image, references);
                return (float)deviations;
        }
    }

    /// <summary>The combined distance of an image and one reference.</summary>
    public float Between(int image, int reference)
    {
        Span<float> distances = stackalloc float[_widths.Length];
        for (var m = 0; m < distances.Length; m++)
            distances[m] = _distances[m].Between(Row(m, image), Row(m, reference));
        return CombinedDistances.Of(ensemble, distances);
    }

    /// <summary>The root mean square, over the numbers of an embedding, of the distance from the references' mean in standard deviations.</summary>
    private double Deviations(int member, int image, ReadOnlySpan<int> references)
    {
        var probe = Row(member, image);
        var (spread, sum) = (ensemble.Members[member].Spread, 0.0);
        for (var i = 0; i < probe.Length; i++)
        {
            var (mean, squares) = (0.0, 0.0);
            foreach (var reference in references)
                mean += Row(member, reference)[i];
            mean /= references.Length;
            foreach (var reference in references)
                squares += Math.Pow(Row(member, reference)[i] - mean, 2);
            var variance = (squares + (PriorReferences * spread[i] * spread[i])) / (references.Length + PriorReferences);
            sum += Math.Pow(probe[i] - mean, 2) / variance;
        }

        return Math.Sqrt(sum / probe.Length);
    }

    private ReadOnlySpan<float> Row(int member, int row) => embeddings[member].AsSpan(row * _widths[member], _widths[member]);
}
