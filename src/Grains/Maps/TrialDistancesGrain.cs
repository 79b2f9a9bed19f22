using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Threads;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Grains.Maps;

/// <inheritdoc cref="ITrialDistancesGrain"/>
[StatelessWorker]
internal sealed class TrialDistancesGrain(IBlobStore blobs, DataLibrary library) : Grain, ITrialDistancesGrain
{
    public async Task<DistanceHistogram> Measure(CancellationToken cancellation)
    {
        var record = await GrainFactory.GetGrain<ITrialRecordGrain>(this.GetPrimaryKeyString()).GetRecord(cancellation);
        if (record?.Result is not { EmbeddingsBlob: { } blob, Validation: { } validation })
            throw new BadInputException("The trial has no embeddings of validation images.");
        var known = await GrainFactory.GetGrain<IDataSetsGrain>(0).List(cancellation);
        var source = known.Used.FirstOrDefault(data => data.Fingerprint == record.Spec.DataFingerprint)?.Source
            ?? throw new BadInputException("The distances can be measured when a sweep on this data has an ensemble, which states its data.");
        var embeddings = await Embeddings(blob, cancellation);
        return await HereOnly.Read(OwnThread.Run(() => Of(record.Spec, source, embeddings, validation.EerThreshold), cancellation));
    }

    private async Task<byte[]> Embeddings(string blob, CancellationToken cancellation)
    {
        try
        {
            return await blobs.Get(blob, cancellation);
        }
        catch (BlobException e)
        {
            throw new BadInputException($"The embeddings of the trial are lost. {e.Message}");
        }
    }

    private DistanceHistogram Of(TrialSpec spec, DataSource source, byte[] embeddings, double threshold)
    {
        var data = library.Get(source, Encoders.InputOf(spec.Hyperparameters), spec.DataFingerprint);
        var pairs = EvaluationPairs.Of(data.Validation);
        var distances = PairDistances.Measure(StoredEmbeddings.Read(embeddings), Encoders.WidthOf(spec.Hyperparameters), pairs, Distance.Of(spec.Hyperparameters));
        var kinds = distances.Zip(pairs).ToLookup(pair => pair.Second.Relation, pair => pair.First);
        return DistanceHistogram.Of([.. kinds[Relation.Same]], [.. kinds[Relation.Different]], threshold);
    }
}
