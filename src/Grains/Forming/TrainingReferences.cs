using Siamese.Contracts.Ensembles;
using Siamese.Grains.Members;
using Siamese.Grains.Storage;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Splits;
using Siamese.Model.Ensembles;
using Siamese.Model.Networks;

namespace Siamese.Grains.Forming;

/// <summary>Embeds some training images with an ensemble's members, and measures how near validation images are to them.</summary>
internal static class TrainingReferences
{
    /// <summary>
    /// Maximum number of training images. At least this many validation images are used, or all if there are fewer: enough to
    /// resolve a share of a thousandth.
    /// </summary>
    private const int Maximum = 2000;

    /// <param name="ensemble">One version.</param>
    /// <param name="loaded">Its members, in their order.</param>
    /// <param name="validation">Returns the blob of a member's embeddings of the validation images.</param>
    /// <param name="read">Reads the data set that it was trained on, in a given shape.</param>
    public static StoredReferences Of(
        Ensemble ensemble, IReadOnlyList<LoadedMember> loaded, Func<Member, byte[]> validation, Func<InputShape, DataSet> read)
    {
        // Data without images comes as strokes.
        var plain = read(Appearances.Shape);
        // Every shape has the same images, in the same order.
        var chosen = References.Choose(plain.Training.Images.Labels, Maximum);
        var seen = ensemble.Members.Zip(loaded, (member, encoder) =>
            encoder.Embed(read(Encoders.InputOf(member.Spec.Hyperparameters)).Training.Images.Select(chosen))).ToArray();
        var references = References.Of(ensemble, seen);
        var pixels = Appearances.Looks(plain.Training.Images.Select(chosen));
        var appearances = new Appearances(pixels);
        // Vectors have no looks, so embeddings alone tell what is novel.
        var density = pixels.Length == 0 ? null : PixelDensity.Fit(pixels);

        float[][] embeddings = [.. ensemble.Members.Select(member => StoredEmbeddings.Read(validation(member)))];
        var images = plain.Validation.Images;
        var every = Math.Max(1, images.Count / Maximum);
        int[] some = [.. Enumerable.Range(0, images.Count).Where(image => image % every == 0)];
        var looks = Appearances.Looks(images.Select(some)).Chunk(Appearances.Shape.Bytes).ToArray();
        return new StoredReferences(
            ensemble.Members.Zip(seen).ToDictionary(pair => pair.First.Trial, pair => pair.Second),
            pixels,
            density,
            Array.ConvertAll(some, image => references.Nearest(embeddings, image)),
            Array.ConvertAll(looks, look => appearances.Nearest(look)),
            density is null ? [] : Array.ConvertAll(looks, look => density.Distance(look)));
    }
}
