using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Forming;
using Siamese.Grains.Members;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Storage;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Bench.Trust;

/// <summary>An ensemble on `mnist-mini`, formed as a sweep forms it from three seeds of NT-Xent with its defaults.</summary>
internal sealed class TrustedEnsemble
{
    private static readonly int[] _seeds = [1, 2, 3];

    private readonly LoadedMember[] _loaded;
    private readonly Dictionary<string, byte[]> _validation;

    private TrustedEnsemble(DataSet data, (TrialSpec Spec, TrainingOutcome Outcome)[] trials)
    {
        var pairs = EvaluationPairs.Of(data.Validation);
        Ensemble = EnsembleFormation.Form(
            "trusted", 1, DateTimeOffset.UnixEpoch, new DataSource(), [.. trials.Select(trial => Candidate(trial.Spec, trial.Outcome, pairs))],
            pairs, data.Validation.Images.Count, maximumMembers: 10);
        _loaded = [.. Ensemble.Members.Select(member => Load(trials.First(trial => trial.Spec.Id == member.Trial)))];
        _validation = trials.ToDictionary(
            trial => trial.Spec.Id,
            trial => StoredEmbeddings.Write(trial.Spec.Id, trial.Outcome.ValidationEmbeddings!, Encoders.WidthOf(trial.Spec.Hyperparameters)));
    }

    public Ensemble Ensemble { get; }

    public static async Task<TrustedEnsemble> Train(DataSet data, BenchOptions options)
    {
        var point = GridSearch.Expand(SearchSpace.Of(("loss", ["nt-xent"]))).Points.Single();
        var trials = new List<(TrialSpec, TrainingOutcome)>();
        foreach (var atOnce in _seeds.Chunk(Environment.ProcessorCount))
        {
            trials.AddRange(await Task.WhenAll(atOnce.Select(seed =>
                Task.Factory.StartNew(() => Trained.Train(options.Size(point), data, seed), TaskCreationOptions.LongRunning))));
        }

        return new TrustedEnsemble(data, [.. trials]);
    }

    /// <summary>Each member's embeddings of the images, (N, D), row by row.</summary>
    public float[][] Embed(ImageSet images) => Array.ConvertAll(_loaded, member => member.Embed(images));

    /// <summary>Combined distances of pairs of embedded images.</summary>
    public float[] Distances(float[][] embeddings, ImagePair[] pairs) =>
        CombinedDistances.Of(Ensemble, [.. _loaded.Zip(embeddings, (member, its) => member.Distances(its, pairs))]);

    /// <summary>What the novelty check compares images with.</summary>
    public StoredReferences References() => TrainingReferences.Of(
        Ensemble, _loaded, member => _validation[member.Trial], shape => DataSets.Open(new DataSource(), shape, CancellationToken.None));

    private static MemberCandidate Candidate(TrialSpec spec, TrainingOutcome outcome, ImagePair[] pairs) => new(
        spec.Id, spec, spec.Id,
        PairDistances.Measure(outcome.ValidationEmbeddings!, Encoders.WidthOf(spec.Hyperparameters), pairs, Distance.Of(spec.Hyperparameters)));

    private static LoadedMember Load((TrialSpec Spec, TrainingOutcome Outcome) trial)
    {
        var encoder = Encoders.Create(trial.Spec.Hyperparameters);
        ModuleWeights.Load(encoder, trial.Outcome.Weights ?? throw new InvalidOperationException(trial.Outcome.Result.Reason));
        return new LoadedMember(trial.Spec.Id, trial.Spec, encoder.Freeze());
    }
}
