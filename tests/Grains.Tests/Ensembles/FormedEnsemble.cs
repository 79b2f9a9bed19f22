using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Forming;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Storage;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Threads;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Grains.Tests.Ensembles;

/// <summary>A cluster with one ensemble of real but untrained encoders: even random weights tell digits apart a little.</summary>
public sealed class FormedEnsemble : IAsyncLifetime
{
    internal const string Name = "digits";
    private const int Width = 8;

    internal TestCluster Cluster { get; private set; } = null!;

    internal SweepProgress Ended { get; private set; } = null!;

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-digits-").FullName;

    internal DataSource Source => new() { Path = _folder };

    internal SweepRequest Request => Some.Request(1, 2) with { Space = SearchSpace.Of(("embedding-size", [Width])), Data = Source };

    internal IVerdictGrain Verdicts(string ensemble = Name) => Cluster.Client.GetGrain<IVerdictGrain>(ensemble);

    internal IEnsembleVersions Ensemble => Cluster.Client.GetGrain<IEnsembleVersions>(Name);

    /// <summary>An order to form another version from the same trials.</summary>
    internal FormingOrder Order(bool isFinal) => new()
    {
        Data = Source,
        DataFingerprint = Ended.Plan!.DataFingerprint,
        Candidates = Ended.Ended,
        MaximumMembers = 10,
        IsFinal = isFinal,
    };

    public async Task InitializeAsync()
    {
        Cluster = await TestCluster.Start();
        var data = await OwnThread.Run(FewDigits, CancellationToken.None);
        var point = SpaceSearch.Expand(Request).Points[0];
        var results = await OwnThread.Run(
            () => Request.Seeds.ToDictionary(seed => seed, seed => Untrained(Some.Spec(seed) with { Hyperparameters = point, DataFingerprint = data.Fingerprint }, data)),
            CancellationToken.None);
        foreach (var (_, (_, weights, embeddings)) in results)
        {
            await Cluster.Blobs.Put(weights, default);
            await Cluster.Blobs.Put(embeddings, default);
        }

        Cluster.Trainings.AtOnce = lease => results.GetValueOrDefault(lease.Spec.Seed).Result;
        // If trials end one by one, a sweep may form several versions. If all its trials are reused, it forms exactly one.
        var before = await Cluster.Submit("before", Request);
        await TestCluster.Until(before, SweepPhase.Completed);
        Ended = await TestCluster.Until(await Cluster.Submit(Name, Request), SweepPhase.Completed);
        await before.Remove(default);
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Few enough that an ensemble is formed and measured at once.</summary>
    private DataSet FewDigits()
    {
        var all = DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None);
        Write("train", all.Training.Images, ofEachClass: 24);
        Write("t10k", all.Test.Images, ofEachClass: 6);
        return DataSets.Open(Source, ImageShape.Digits, CancellationToken.None);
    }

    private void Write(string part, ImageSet images, int ofEachClass)
    {
        var chosen = images.Select([.. Enumerable.Range(0, images.Count).GroupBy(i => images.Labels[i]).SelectMany(ofClass => ofClass.Take(ofEachClass))]);
        var count = (byte)chosen.Count;
        byte[] imageHeader = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28];
        byte[] labelHeader = [0, 0, 8, 1, 0, 0, 0, count];
        File.WriteAllBytes(Path.Combine(_folder, $"{part}-images-idx3-ubyte"), [.. imageHeader, .. chosen.Pixels]);
        File.WriteAllBytes(Path.Combine(_folder, $"{part}-labels-idx1-ubyte"), [.. labelHeader, .. chosen.Labels.Select(label => (byte)label)]);
    }

    private static (TrialResult Result, byte[] Weights, byte[] Embeddings) Untrained(TrialSpec spec, DataSet data)
    {
        torch.set_num_threads(1);
        using var encoder = Encoders.Create(new() { EmbeddingSize = Width });
        using var generator = new torch.Generator((ulong)spec.Seed);
        encoder.Initialize(generator);
        var values = Embedding.Of(encoder, data.Validation.Images);
        var pairs = EvaluationPairs.Of(data.Validation);
        var metrics = RocCurve.Of(PairDistances.Measure(values, encoder.EmbeddingSize, pairs, Distance.Get("euclidean")), pairs).ToMetrics();
        var (weights, embeddings) = (ModuleWeights.Save(encoder, new Dictionary<string, string> { ["trial"] = spec.Id }), StoredEmbeddings.Write(spec.Id, values, encoder.EmbeddingSize));
        return (Some.Result(sweep: Name) with { Validation = metrics, WeightsBlob = Hash(weights), EmbeddingsBlob = Hash(embeddings) }, weights, embeddings);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
