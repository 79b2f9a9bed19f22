using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Maps;
using Siamese.Grains.Data;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Members;
using Siamese.Grains.Threads;
using Siamese.Grains.Verdicts;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Splits;
using Siamese.Model.Evaluation;

namespace Siamese.Grains.Maps;

/// <inheritdoc cref="IEmbeddingMapGrain"/>
[StatelessWorker]
internal sealed class EmbeddingMapGrain(DataLibrary library, MemberCache members, EmbeddingBatches batches) : Grain, IEmbeddingMapGrain
{
    /// <summary>Size at which pen strokes are drawn.</summary>
    private static readonly ImageShape _drawn = new(56, 56);

    public async Task<EmbeddingMap> Draw(EmbeddingMapRequest request, CancellationToken cancellation)
    {
        request.Check();
        var ensemble = await EnsembleVersions.Find(GrainFactory, this.GetPrimaryKeyString(), request.Version, cancellation);
        var loaded = await members.LoadAll(ensemble, "a map");
        var data = await Read(ensemble, loaded[0].Encoder.Input, cancellation);
        var chosen = await OwnThread.Run(() => MapImages.Choose(data, request), cancellation);
        var (vectors, width) = await Embed(ensemble, loaded, chosen, shape => shape == data.Test.Images.Shape ? Task.FromResult(data) : Read(ensemble, shape, cancellation), cancellation);
        return await OwnThread.Run(() => Place(ensemble, data, chosen, vectors, width), cancellation);
    }

    private Task<DataSet> Read(Ensemble ensemble, InputShape shape, CancellationToken cancellation) =>
        HereOnly.Read(OwnThread.Run(() => library.Get(ensemble.Data, shape, ensemble.Members[0].Spec.DataFingerprint), cancellation));

    /// <summary>The embeddings of all members side by side, scaled so that their distances are about the ensemble's.</summary>
    /// <returns>(N, D), row by row, and D.</returns>
    private async Task<(float[] Vectors, int Width)> Embed(
        Ensemble ensemble, LoadedMember[] loaded, MapImage[] chosen, Func<InputShape, Task<DataSet>> read, CancellationToken cancellation)
    {
        var width = loaded.Sum(member => member.Encoder.EmbeddingSize);
        var (vectors, start) = (new float[chosen.Length * width], 0);
        foreach (var (member, weighed) in loaded.Zip(ensemble.Members))
        {
            var (images, size) = ((await read(member.Encoder.Input)).Test.Images, member.Encoder.EmbeddingSize);
            var embedded = await batches.Embed(member.Encoder, [.. chosen.Select(image => image.Of(images))], cancellation);
            // A single member's embeddings stay as they are.
            var scale = loaded.Length == 1 ? 1 : (float)(Math.Sqrt(weighed.Weight) / weighed.Threshold);
            for (var at = 0; at < embedded.Length; at++)
                vectors[(at / size * width) + start + (at % size)] = scale * embedded[at];
            start += size;
        }

        return (vectors, width);
    }

    private static EmbeddingMap Place(Ensemble ensemble, DataSet data, MapImage[] chosen, float[] vectors, int width)
    {
        var isProjected = width != 2;
        if (width < 2)
            throw new BadInputException($"Ensemble {ensemble.Name} has embeddings of one number, which have no places in the plane.");
        var (components, explained) = PrincipalComponents.Of(vectors, width);
        var places = isProjected ? components : vectors;
        var labels = Array.ConvertAll(chosen, image => data.Test.Images.Labels[image.Index]);
        var nearest = PrincipalComponents.NearestOthers(vectors, width, Array.ConvertAll(chosen, image => image.Index));
        return new(
            ensemble.Name,
            ensemble.Version,
            data.Name,
            isProjected,
            [.. explained],
            [.. chosen.Select((image, row) => new MappedImage(data.Classes[labels[row]], image.Index, image.Shift, places[2 * row], places[(2 * row) + 1], DataLook.Png(data.Test.Images, image.Of(data.Test.Images).Span, _drawn)))],
            [.. labels.Distinct().Order().Select(label => Of(data, label, labels, nearest))]);
    }

    private static MappedClass Of(DataSet data, int label, int[] labels, int[] nearest)
    {
        int[] found = [.. labels.Index().Where(row => row.Item == label).Select(row => labels[nearest[row.Index]])];
        var confused = found.Where(other => other != label).CountBy(other => other).OrderByDescending(other => other.Value).Select(other => data.Classes[other.Key]).FirstOrDefault();
        return new(data.Classes[label], found.Length, found.Count(other => other == label), confused);
    }
}
