using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Training;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Grains.Ensembles;

/// <summary>
/// Forms an ensemble of finished trials on validation pairs, then measures it once on test pairs. Works on its own
/// threads, from the blobs of the trials.
/// </summary>
internal class EnsembleFormer(DataLibrary library, IBlobStore blobs, MemberCache members)
{
    /// <summary>Number of worst pairs of each kind to keep for inspection.</summary>
    private const int WorstOfKind = 5;

    /// <summary>Forms one version.</summary>
    /// <param name="name">The ensemble's name.</param>
    /// <param name="version">From 1.</param>
    /// <param name="now">When the version is formed.</param>
    /// <param name="order">What to form it from.</param>
    /// <exception cref="Contracts.BadInputException">The data has changed since the trials were trained.</exception>
    /// <exception cref="BlobException">A trial's blob is missing or broken.</exception>
    public virtual async Task<FormedVersion> Form(string name, int version, DateTimeOffset now, FormingOrder order)
    {
        var trials = order.Candidates;
        var embeddings = await Task.WhenAll(trials.Select(trial => blobs.Get(trial.Result!.EmbeddingsBlob!, CancellationToken.None)));
        var (ensemble, judged) = await OwnThread.Run(
            () =>
            {
                var validation = Read(trials[0].Spec).Validation;
                var pairs = EvaluationPairs.Of(validation);
                var candidates = trials.Zip(embeddings, (trial, blob) => Candidate(trial, blob, pairs)).ToArray();
                var formed = EnsembleFormation.Form(name, version, now, order.Data, candidates, pairs, validation.Images.Count, order.MaximumMembers);
                var distances = formed.Members.Select(member => candidates.First(candidate => candidate.Trial == member.Trial).Distances);
                return (formed, new StoredValidation(CombinedDistances.Of(formed, [.. distances]), pairs, validation.Images.Count).Write($"{name}@{version}"));
            },
            CancellationToken.None);
        ensemble = ensemble with { ValidationBlob = await blobs.Put(judged, CancellationToken.None) };
        if (!order.IsFinal)
            return new FormedVersion(new EnsembleSummary(ensemble, Test: null), Result: null);

        var best = trials.MinBy(trial => trial.Result!.Validation!.Eer)!;
        var needed = await Task.WhenAll(ensemble.Members
            .Select(member => (member.WeightsBlob, member.Spec))
            .Append((best.Result!.WeightsBlob!, best.Spec))
            .DistinctBy(member => member.Item1)
            .Select(member => Load(member.Item1, member.Item2)));
        var validation = trials.Zip(embeddings).ToDictionary(pair => pair.First.Trial, pair => pair.Second);
        var references = await OwnThread.Run(
            () => TrainingReferences.Of(
                ensemble, [.. ensemble.Members.Select(member => needed.First(loaded => loaded.WeightsBlob == member.WeightsBlob))], member => validation[member.Trial],
                shape => library.Get(order.Data, shape, order.DataFingerprint)),
            CancellationToken.None);
        ensemble = ensemble with { ReferencesBlob = await blobs.Put(references.Write($"{name}@{version}"), CancellationToken.None) };
        ensemble = await OnUnseenShards(ensemble, needed, Read);
        var result = await Measure(ensemble, best, needed, Read);
        return new FormedVersion(result.Ensemble, result);

        DataSet Read(TrialSpec spec) => library.Get(order.Data, Encoders.InputOf(spec.Hyperparameters), order.DataFingerprint);
    }

    /// <summary>Evaluates members that were trained on one shard on the other shards, too.</summary>
    private static async Task<Ensemble> OnUnseenShards(Ensemble ensemble, LoadedMember[] needed, Func<TrialSpec, DataSet> read)
    {
        var eers = await Task.WhenAll(ensemble.Members.Select(member => OwnThread.Run(
            () => UnseenShards.Eer(needed.First(loaded => loaded.WeightsBlob == member.WeightsBlob), read(member.Spec).Training), CancellationToken.None)));
        return ensemble with { Members = [.. ensemble.Members.Zip(eers, (member, eer) => member with { UnseenShardsEer = eer })] };
    }

    private async Task<LoadedMember> Load(string blob, TrialSpec spec) => new(blob, spec, await members.Get(blob, spec.Hyperparameters));

    private static MemberCandidate Candidate(TrialReport trial, byte[] embeddings, ImagePair[] pairs)
    {
        var hyperparameters = trial.Spec.Hyperparameters;
        var distances = PairDistances.Measure(
            StoredEmbeddings.Read(embeddings), Encoders.WidthOf(hyperparameters), pairs, Distance.Of(hyperparameters));
        return new MemberCandidate(trial.Trial, trial.Spec, trial.Result!.WeightsBlob!, distances);
    }

    /// <summary>The only place that uses test images. Nothing is chosen based on them.</summary>
    private static async Task<SweepResult> Measure(
        Ensemble ensemble, TrialReport best, LoadedMember[] needed, Func<TrialSpec, DataSet> read)
    {
        var (pairs, images) = await OwnThread.Run(() => (EvaluationPairs.Of(read(best.Spec).Test), read(best.Spec).Test.Images.Count), CancellationToken.None);
        var distances = new Dictionary<string, float[]>();
        foreach (var atOnce in needed.Chunk(Environment.ProcessorCount))
        {
            var measured = await Task.WhenAll(atOnce.Select(member =>
                OwnThread.Run(() => member.Measure(read(member.Spec).Test.Images, pairs), CancellationToken.None)));
            foreach (var (member, itsDistances) in atOnce.Zip(measured))
                distances.Add(member.WeightsBlob, itsDistances);
        }

        return await OwnThread.Run(
            () =>
            {
                float[][] ofMembers = [.. ensemble.Members.Select(member => distances[member.WeightsBlob])];
                var combined = CombinedDistances.Of(ensemble, ofMembers);
                var test = RocCurve.Of(combined, pairs).ToMetrics(ensemble.Threshold);
                var itsDistances = distances[best.Result!.WeightsBlob!];
                var alone = RocCurve.Of(itsDistances, pairs).ToMetrics(best.Result.Validation!.EerThreshold);
                return new SweepResult(
                    new EnsembleSummary(ensemble, test), pairs.Length, test, best.Trial, alone, Intervals(ensemble, combined, itsDistances, pairs, images),
                    Mistakes.OfMembers(ofMembers, [.. ensemble.Members.Select(member => member.Threshold)], pairs),
                    [.. Mistakes.Worst(combined, pairs, ensemble.Threshold, WorstOfKind).Select(i => ToWorst(ensemble, pairs[i], combined[i]))]);
            },
            CancellationToken.None);
    }

    private static WorstPair ToWorst(Ensemble ensemble, ImagePair pair, float distance) =>
        new(pair.First, pair.Second, pair.Relation, distance, EnsembleVerdict.Probability(ensemble, distance));

    private static TestIntervals Intervals(Ensemble ensemble, float[] combined, float[] best, ImagePair[] pairs, int images)
    {
        var drawn = ImageBootstrap.Eers([combined, best], pairs, images);
        var calibration = new CalibrationError(Array.ConvertAll(combined, distance => EnsembleVerdict.Probability(ensemble, distance)), pairs);
        var differences = drawn[0].Zip(drawn[1], (ofEnsemble, ofBest) => ofEnsemble - ofBest);
        return new TestIntervals(
            images, ImageBootstrap.Percentiles(drawn[0]), ImageBootstrap.Percentiles(drawn[1]), ImageBootstrap.Percentiles(differences),
            calibration.Error, calibration.Interval(images));
    }
}
