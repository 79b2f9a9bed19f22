using System.Collections.Immutable;
using Siamese.Client.Connections;
using Siamese.Contracts.Access;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Maps;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.References;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests;

/// <summary>A cluster in memory: every sweep id leads to the same <see cref="FakeSweep"/>.</summary>
internal sealed class FakeCluster : ICluster, IConnector, IBoardGrain, ISampleGrain, IEnsembleGrain, IVerdictGrain
{
    private readonly CancellationTokenSource _lost = new();
    private CancellationTokenSource _nextDisconnection = new();
    private string _asked = "";

    public FakeSweep TheSweep { get; } = new();

    public List<BoardEntry> Entries { get; } = [];

    public List<ClusterChoice> Connections { get; } = [];

    /// <summary>The clusters that the next connections use instead of this one, in order.</summary>
    public Queue<ICluster> Successors { get; } = [];

    public ImmutableArray<Sample> Drawn { get; set; } = [];

    /// <summary>The number of pairs in each call for many verdicts.</summary>
    public List<int> AskedPairs { get; } = [];

    /// <summary>The terms of the last verdict.</summary>
    public VerdictTerms? Terms { get; private set; }

    public Func<string, Verdict> Judged { get; set; } = Some.Verdict;

    public IBoardGrain Board => this;

    public ISampleGrain Samples => this;

    public IUploadGrain Uploads => TheUploads;

    public IBackboneGrain Backbone(string manifest) => new FakeBackbone(manifest);

    public IKeyGrain Keys => TheKeys;

    public FakeKeys TheKeys { get; } = new();

    public FakeUploads TheUploads { get; } = new();

    public FakeGallery TheGallery { get; } = new();

    public FakeEvaluation TheEvaluation { get; } = new();

    public IEvaluationGrain Evaluation(string id) => TheEvaluation.Of(id);

    public FakeMap TheMap { get; } = new();

    public IEmbeddingMapGrain Map(string ensemble) => TheMap;

    public string Name => "the fake cluster";

    public Uri? Page { get; set; }

    public CancellationToken Lost => _lost.Token;

    public CancellationToken NextDisconnection => _nextDisconnection.Token;

    public int Disconnections { get; private set; }

    public ISweepGrain Sweep(string id) => TheSweep;

    public IEnsembleGrain Ensemble(string name)
    {
        _asked = name;
        return this;
    }

    public IVerdictGrain Verdicts(string ensemble)
    {
        _asked = ensemble;
        return this;
    }

    public IIdentifyGrain Identifying(string ensemble) => TheGallery;

    public IGalleryGrain Gallery(string ensemble) => TheGallery;

    public FakeExchange Exchange { get; } = new();

    /// <summary>Whether there is no ensemble at all.</summary>
    public bool HasNoEnsembles { get; set; }

    public IExportGrain Exports(string key)
    {
        Exchange.Keys.Add(key);
        return Exchange;
    }

    public IImportGrain Imports(string name)
    {
        Exchange.Keys.Add(name);
        return Exchange;
    }

    public void Lose() => _lost.Cancel();

    /// <summary>Ends a connection, as if its silo had died.</summary>
    public void LoseConnection() => Interlocked.Exchange(ref _nextDisconnection, new()).Cancel();

    public void Disconnect() => Disconnections++;

    public Task<ICluster> Connect(ClusterChoice choice, CancellationToken cancellation)
    {
        Connections.Add(choice);
        return Task.FromResult(Connections.Count > 1 && Successors.TryDequeue(out var next) ? next : this);
    }

    Task<ImmutableArray<string>> IBoardGrain.GetGateways(CancellationToken cancellation) => Task.FromResult<ImmutableArray<string>>([]);

    Task<ImmutableArray<SiloSlots>> IBoardGrain.GetSlots(CancellationToken cancellation) => Task.FromResult<ImmutableArray<SiloSlots>>([]);

    public Task<ImmutableArray<BoardEntry>> List(CancellationToken cancellation) => Task.FromResult(Entries.ToImmutableArray());

    public Task<ImmutableArray<Sample>> Draw(DataSource source, int count, int seed, CancellationToken cancellation) => Task.FromResult(Drawn);

    public Task<ImmutableArray<SamplePair>> Show(DataSource source, string fingerprint, ImmutableArray<PairOfImages> pairs, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<SamplePair>>([.. pairs.Select(pair => new SamplePair($"{pair.First}", $"{pair.Second}", [(byte)pair.First, (byte)pair.Second]))]);

    public Task<EnsembleSummary?> GetNewest(CancellationToken cancellation) =>
        Task.FromResult<EnsembleSummary?>(HasNoEnsembles ? null : new(Some.Ensemble(_asked), Some.Metrics));

    public Task<EnsembleSummary?> GetVersion(int version, CancellationToken cancellation) =>
        Task.FromResult<EnsembleSummary?>(new(Some.Ensemble(_asked) with { Version = version }, Some.Metrics));

    public Task<ImmutableArray<EnsembleSummary>> GetVersions(CancellationToken cancellation) => Task.FromResult<ImmutableArray<EnsembleSummary>>(
        HasNoEnsembles ? [] : [new(Some.Ensemble(_asked), null), new(Some.Ensemble(_asked) with { Version = 2 }, Some.Metrics)]);

    public Task<Verdict> Judge(ImageFile first, ImageFile second, VerdictTerms terms, CancellationToken cancellation)
    {
        Terms = terms;
        return Task.FromResult(Judged(_asked));
    }

    public Task<Verdict> JudgeAgainst(ImageFile image, ImmutableArray<ImageFile> references, VerdictTerms terms, CancellationToken cancellation)
    {
        Terms = terms;
        return Task.FromResult(Judged(_asked) with { Members = [], References = new(references.Length, Math.Min(references.Length, 3), ReferenceRule.Gaussian, [.. references.Select((_, i) => 0.5 + i)]) });
    }

    public Task<ImmutableArray<PairVerdict>> JudgeAll(
        ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs, VerdictTerms terms, CancellationToken cancellation)
    {
        lock (AskedPairs)
            AskedPairs.Add(pairs.Length);
        Terms = terms;
        var same = Some.Verdict(_asked) with { Answer = Answer.Same, Version = terms.Version ?? 0 };
        return Task.FromResult<ImmutableArray<PairVerdict>>(
        [
            .. pairs.Select(pair => images[pair.First].Bytes.SequenceEqual(images[pair.Second].Bytes)
                ? new PairVerdict(same, null)
                : new PairVerdict(same with { Answer = Answer.Different, Distance = pair.First }, null)),
        ]);
    }

    /// <summary>Embeds an image as its first byte, its length, and nothing else. Refuses an empty image.</summary>
    public Task<EmbeddedImages> Embed(ImmutableArray<ImageFile> images, int? version, CancellationToken cancellation)
    {
        var read = images.Where(image => image.Bytes.Length > 0).ToArray();
        return Task.FromResult(new EmbeddedImages(
            version ?? 1,
            [
                new("3fa94c21", "euclidean", 0.5, 0.75, 2, [.. read.SelectMany(image => new float[] { image.Bytes[0], image.Bytes.Length })]),
                new("b5d1aa00", "cosine", 0.25, 0.25, 1, [.. read.Select(image => image.Bytes[0] / 2f)]),
            ],
            [.. images.Select(image => image.Bytes.Length > 0 ? null : $"{image.Name} is empty.")]));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The feedback of the last call.</summary>
    public ImmutableArray<Feedback> Given { get; private set; } = [];

    public FeedbackTally Tally { get; set; } = new(3, 12, 14, 2, 0, []);

    public Recalibrated Recalibrated { get; set; } = new(new(0.8, 0.4, 12, 14, 0.41, 0.33), new(Some.Ensemble("mine") with { Version = 4 }, null));

    public Task<FeedbackTally> GiveFeedback(ImmutableArray<Feedback> given, CancellationToken cancellation)
    {
        Given = given;
        return Task.FromResult(Tally);
    }

    public Task<WithdrawnFeedback> WithdrawFeedback(ImmutableArray<string> verdicts, CancellationToken cancellation) => throw new NotSupportedException();

    public RecalibrationEffect Effect { get; set; } = new(new(0.8, 0.4, 12, 14, 0.41, 0.33), 3, 1, 1.02, false, false, 26, 5, 2, 0.012, [new(null, 26, 1, 1)]);

    public Task<RecalibrationEffect> PreviewRecalibration(ImmutableArray<string> trusted, CancellationToken cancellation) => Task.FromResult(Effect);

    public Task<Recalibrated> Recalibrate(ImmutableArray<string> trusted, Recalibration? expected, CancellationToken cancellation)
    {
        Expected = expected;
        Recalibrations++;
        return Task.FromResult(Recalibrated);
    }

    public int Recalibrations { get; private set; }

    /// <summary>The correction that the client had seen.</summary>
    public Recalibration? Expected { get; private set; }
}
