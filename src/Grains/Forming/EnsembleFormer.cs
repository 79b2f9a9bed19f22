using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Members;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Threads;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Grains.Forming;

/// <summary>
/// Forms an ensemble of finished trials on validation pairs, then measures it once on test pairs. Works on its own
/// threads, from the blobs of the trials.
/// </summary>
internal class EnsembleFormer(DataLibrary library, IBlobStore blobs, MemberCache members)
{
    /// <summary>Forms one version.</summary>
    /// <param name="name">The ensemble's name.</param>
    /// <param name="version">From 1.</param>
    /// <param name="now">When the version is formed.</param>
    /// <param name="order">What to form it from.</param>
    /// <exception cref="Contracts.BadInputException">The data has changed since the trials were trained.</exception>
    /// <exception cref="BlobException">A trial's blob is missing or broken.</exception>
    public virtual async Task<FormedVersion> Form(string name, int version, DateTimeOffset now, FormingOrder order)
    {
        using var span = Spans.Start("ensemble.form", order.Trace)
            .With("sweep", name).With("version", version).With("candidates", order.Candidates.Length).With("final", order.IsFinal);
        try
        {
            return await FormVersion(name, version, now, order);
        }
        catch (Exception e)
        {
            span.Failed(e.Message);
            throw;
        }
    }

    /// <summary>Forms an ensemble of a single trial, calibrated on validation pairs, for export only; nothing is stored.</summary>
    /// <param name="trial">A completed trial.</param>
    /// <param name="data">The data that it was trained on.</param>
    /// <param name="formedAt">The same for every export, so that each export has the same bytes.</param>
    /// <exception cref="Contracts.BadInputException">The data has changed or cannot be read.</exception>
    /// <exception cref="DataUnavailableException">The data is not available on this silo.</exception>
    /// <exception cref="BlobException">A blob of the trial is missing or broken.</exception>
    public async Task<LoneEnsemble> FormAlone(TrialReport trial, DataSource data, DateTimeOffset formedAt)
    {
        var name = trial.Trial[..8];
        var order = new FormingOrder { Data = data, DataFingerprint = trial.Spec.DataFingerprint, Candidates = [trial], MaximumMembers = 1, IsFinal = false };
        var embeddings = await EmbeddingsOf(order.Candidates);
        var loaded = await members.Load(trial.Result!.WeightsBlob!, trial.Spec);
        return await OwnThread.Run(
            () =>
            {
                var (ensemble, judged) = Calibrate(name, version: 1, formedAt, order, embeddings);
                return new LoneEnsemble(ensemble, judged.Write(name), References(ensemble, [loaded], order, embeddings).Write(name));
            },
            CancellationToken.None);
    }

    private async Task<FormedVersion> FormVersion(string name, int version, DateTimeOffset now, FormingOrder order)
    {
        var trials = order.Candidates;
        var embeddings = await EmbeddingsOf(trials);
        var (ensemble, judged) = await OwnThread.Run(() => Calibrate(name, version, now, order, embeddings), CancellationToken.None);
        ensemble = ensemble with { ValidationBlob = await blobs.Put(judged.Write($"{name}@{version}"), CancellationToken.None) };
        if (!order.IsFinal)
            return new FormedVersion(new EnsembleSummary(ensemble, Test: null), Result: null);

        var best = trials.MinBy(trial => trial.Result!.Validation!.Eer)!;
        var needed = await Task.WhenAll(ensemble.Members
            .Select(member => (member.WeightsBlob, member.Spec))
            .Append((best.Result!.WeightsBlob!, best.Spec))
            .DistinctBy(member => member.Item1)
            .Select(member => members.Load(member.Item1, member.Item2).AsTask()));
        var references = await OwnThread.Run(
            () => References(ensemble, [.. ensemble.Members.Select(member => needed.First(loaded => loaded.WeightsBlob == member.WeightsBlob))], order, embeddings),
            CancellationToken.None);
        ensemble = ensemble with { ReferencesBlob = await blobs.Put(references.Write($"{name}@{version}"), CancellationToken.None) };
        ensemble = await OnUnseenShards(ensemble, needed, spec => Read(order, spec));
        var result = await TestMeasurement.Of(ensemble, best, needed, spec => Read(order, spec));
        return new FormedVersion(result.Ensemble, result);
    }

    /// <summary>The stored embeddings of the validation images, by trial.</summary>
    private async Task<Dictionary<string, byte[]>> EmbeddingsOf(ImmutableArray<TrialReport> trials)
    {
        var read = await Task.WhenAll(trials.Select(trial => blobs.Get(trial.Result!.EmbeddingsBlob!, CancellationToken.None)));
        return trials.Zip(read).ToDictionary(pair => pair.First.Trial, pair => pair.Second);
    }

    /// <summary>Chooses the members, and calibrates them on validation pairs.</summary>
    private (Ensemble Ensemble, StoredValidation Judged) Calibrate(
        string name, int version, DateTimeOffset now, FormingOrder order, Dictionary<string, byte[]> embeddings)
    {
        var validation = Read(order, order.Candidates[0].Spec).Validation;
        var pairs = EvaluationPairs.Of(validation);
        var candidates = order.Candidates.Select(trial => Candidate(trial, embeddings[trial.Trial], pairs)).ToArray();
        var formed = EnsembleFormation.Form(name, version, now, order.Data, candidates, pairs, validation.Images.Count, order.MaximumMembers);
        var distances = formed.Members.Select(member => candidates.First(candidate => candidate.Trial == member.Trial).Distances);
        formed = ReferenceFitting.Fit(formed, [.. formed.Members.Select(member => StoredEmbeddings.Read(embeddings[member.Trial]))], pairs, validation.Images.Count);
        return (formed, new StoredValidation(CombinedDistances.Of(formed, [.. distances]), pairs, validation.Images.Count));
    }

    private StoredReferences References(Ensemble ensemble, LoadedMember[] loaded, FormingOrder order, Dictionary<string, byte[]> embeddings) =>
        TrainingReferences.Of(ensemble, loaded, member => embeddings[member.Trial], shape => library.Get(order.Data, shape, order.DataFingerprint));

    private DataSet Read(FormingOrder order, TrialSpec spec) => library.Get(order.Data, Encoders.InputOf(spec.Hyperparameters), order.DataFingerprint);

    /// <summary>Evaluates members that were trained on one shard on the other shards, too.</summary>
    private static async Task<Ensemble> OnUnseenShards(Ensemble ensemble, LoadedMember[] needed, Func<TrialSpec, DataSet> read)
    {
        var eers = await Task.WhenAll(ensemble.Members.Select(member => OwnThread.Run(
            () => UnseenShards.Eer(needed.First(loaded => loaded.WeightsBlob == member.WeightsBlob), read(member.Spec).Training), CancellationToken.None)));
        return ensemble with { Members = [.. ensemble.Members.Zip(eers, (member, eer) => member with { UnseenShardsEer = eer })] };
    }

    private static MemberCandidate Candidate(TrialReport trial, byte[] embeddings, ImagePair[] pairs)
    {
        var hyperparameters = trial.Spec.Hyperparameters;
        var distances = PairDistances.Measure(
            StoredEmbeddings.Read(embeddings), Encoders.WidthOf(hyperparameters), pairs, Distance.Of(hyperparameters));
        return new MemberCandidate(trial.Trial, trial.Spec, trial.Result!.WeightsBlob!, distances);
    }
}
