using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Storage;
using Siamese.Grains.Training;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;

namespace Siamese.Grains.Exchange;

/// <summary>Forms an ensemble of a single trial, calibrated on validation pairs, for export only; it is not stored.</summary>
internal sealed class LoneTrial(DataLibrary library, IBlobStore blobs, MemberCache members)
{
    /// <param name="Ensemble">The ensemble, in which the trial has the whole weight.</param>
    /// <param name="Validation">Its distances for validation pairs, as a file.</param>
    /// <param name="References">Training images and its embeddings of them, as a file.</param>
    internal sealed record Formed(Ensemble Ensemble, byte[] Validation, byte[] References);

    /// <param name="trial">A completed trial.</param>
    /// <param name="data">The data that it was trained on.</param>
    /// <param name="formedAt">The same for every export, so that each export has the same bytes.</param>
    /// <exception cref="Contracts.BadInputException">The data has changed or cannot be read.</exception>
    /// <exception cref="DataUnavailableException">The data is not available on this silo.</exception>
    /// <exception cref="BlobException">A blob of the trial is missing or broken.</exception>
    public async Task<Formed> Form(TrialReport trial, DataSource data, DateTimeOffset formedAt)
    {
        var result = trial.Result!;
        var embeddings = await blobs.Get(result.EmbeddingsBlob!, CancellationToken.None);
        var loaded = new LoadedMember(result.WeightsBlob!, trial.Spec, await members.Get(result.WeightsBlob!, trial.Spec.Hyperparameters));
        return await OwnThread.Run(
            () =>
            {
                var hyperparameters = trial.Spec.Hyperparameters;
                var validation = Read(Encoders.InputOf(hyperparameters)).Validation;
                var pairs = EvaluationPairs.Of(validation);
                var distances = PairDistances.Measure(StoredEmbeddings.Read(embeddings), Encoders.WidthOf(hyperparameters), pairs, Distance.Of(hyperparameters));
                var candidate = new MemberCandidate(trial.Trial, trial.Spec, loaded.WeightsBlob, distances);
                var name = trial.Trial[..8];
                var ensemble = EnsembleFormation.Form(name, 1, formedAt, data, [candidate], pairs, validation.Images.Count, maximumMembers: 1);
                var judged = new StoredValidation(CombinedDistances.Of(ensemble, [distances]), pairs, validation.Images.Count);
                return new Formed(ensemble, judged.Write(name), TrainingReferences.Of(ensemble, [loaded], _ => embeddings, Read).Write(name));
            },
            CancellationToken.None);

        DataSet Read(InputShape shape) => library.Get(data, shape, trial.Spec.DataFingerprint);
    }
}
