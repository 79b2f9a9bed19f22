using Siamese.Contracts.Ensembles;
using Siamese.Model.Distances;
using Siamese.Model.Networks;

namespace Siamese.Model.Ensembles;

/// <summary>
/// Training images as embedded by the members of an ensemble, to detect images unlike any in training: the larger an image's
/// smallest combined distance to them, the more novel it is. Members that were never trained on its kind put it near images
/// of different classes, so no training image is near it under all members.
/// </summary>
/// <param name="members">The images' embeddings under each of the ensemble's members, in the members' order.</param>
public sealed class References(IReadOnlyList<References.Seen> members)
{
    private readonly int _count = members[0].Embeddings.Length / members[0].Width;

    /// <summary>The images as embedded by one member.</summary>
    /// <param name="Embeddings">(R, D), row by row.</param>
    /// <param name="Width">D.</param>
    /// <param name="Distance">The distance that the embeddings were trained for.</param>
    /// <param name="Scale">The member's weight divided by its threshold.</param>
    public sealed record Seen(float[] Embeddings, int Width, Distance Distance, double Scale);

    /// <summary>The images as embedded by an ensemble's members.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="embeddings">For each of its members, (R, D), row by row.</param>
    public static References Of(Ensemble ensemble, IEnumerable<float[]> embeddings) => new(
    [
        .. ensemble.Members.Zip(embeddings, (member, its) => new Seen(
            its, Encoders.WidthOf(member.Spec.Hyperparameters), Distance.Of(member.Spec.Hyperparameters), member.Weight / member.Threshold)),
    ]);

    /// <summary>The smallest combined distance of an image to any of these.</summary>
    /// <param name="embeddings">For each member, its embeddings of some images, (N, D), row by row.</param>
    /// <param name="row">Which of the images.</param>
    public float Nearest(IReadOnlyList<float[]> embeddings, int row)
    {
        var nearest = double.PositiveInfinity;
        for (var reference = 0; reference < _count; reference++)
        {
            var distance = 0.0;
            // Distances are not negative, so an image that is too far by some members stays too far.
            for (var m = 0; m < members.Count && distance < nearest; m++)
            {
                var (seen, width, measure, scale) = members[m];
                distance += scale * measure.Between(embeddings[m].AsSpan(row * width, width), seen.AsSpan(reference * width, width));
            }

            nearest = Math.Min(nearest, distance);
        }

        return (float)nearest;
    }

    /// <summary>Chooses the training images to keep: equally many of each class, if there are enough.</summary>
    /// <param name="labels">The class of each training image.</param>
    /// <param name="count">Maximum number of images.</param>
    public static int[] Choose(IReadOnlyList<int> labels, int count)
    {
        var classes = Enumerable.Range(0, labels.Count).GroupBy(image => labels[image]).OrderBy(ofClass => ofClass.Key).Select(ofClass => ofClass.ToArray()).ToArray();
        // One of each class in turn, so that a rare class is complete before a common one.
        return
        [
            .. Enumerable.Range(0, classes.Max(ofClass => ofClass.Length))
                .SelectMany(turn => classes.Where(ofClass => turn < ofClass.Length).Select(ofClass => ofClass[turn]))
                .Take(count)
                .Order(),
        ];
    }
}
