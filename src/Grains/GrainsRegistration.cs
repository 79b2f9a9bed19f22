using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Siamese.Grains.Access;
using Siamese.Grains.Backbones;
using Siamese.Grains.Data;
using Siamese.Grains.Donors;
using Siamese.Grains.Evaluations;
using Siamese.Grains.Forming;
using Siamese.Grains.Galleries;
using Siamese.Grains.Members;
using Siamese.Grains.Recalibrating;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Trials;
using Siamese.Grains.Verdicts;
using Siamese.Grains.Workers;
using Siamese.Model.Data.Backbones;

namespace Siamese.Grains;

/// <summary>The services that the grains need besides a silo and its grain storage.</summary>
public static class GrainsRegistration
{
    /// <summary>Adds the services of a silo that trains.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="slots">Number of training slots.</param>
    /// <param name="blobs">Store for weights and embeddings.</param>
    /// <param name="checkpoints">Store for the checkpoints that resume unfinished trials.</param>
    /// <param name="signer">Marks the ids of verdicts.</param>
    public static IServiceCollection AddSiamese(this IServiceCollection services, int slots, IBlobStore blobs, ICheckpointStore checkpoints, ISigner signer)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(signer);
        services.AddOptions<LeaseTerm>();
        services.AddSingleton(blobs);
        services.AddSingleton(checkpoints);
        services.AddSingleton(_ => new TrainingSlots(slots));
        services.AddSingleton<SiloRoll>();
        services.AddOptions<DataCacheOptions>();
        services.AddOptions<DataMemoryOptions>();
        services.AddSingleton<DataCache>();
        services.AddOptions<BackboneOptions>();
        services.AddSingleton<RuntimeAssembly>();
        services.AddSingleton<LoadedBackbones>();
        services.AddSingleton<IFeatures, FeatureExtraction>();
        services.AddSingleton<UploadBudget>();
        services.AddSingleton<DataLibrary>();
        services.AddSingleton<DonorSearch>();
        services.AddSingleton<TrialRunner>();
        services.AddSingleton<WorkerServices>();
        services.AddSingleton<TrainingSessions>();
        services.AddSingleton<MemberCache>();
        services.AddSingleton<Quorums>();
        services.AddSingleton<VerdictMarks>();
        services.AddSingleton<VerdictTally>();
        services.AddSingleton<ValidationBlobs>();
        services.AddSingleton<OperatingPointCache>();
        services.AddSingleton<NoveltyCheck>();
        services.AddSingleton<VerdictThreads>();
        services.AddSingleton<FileBudget>();
        services.AddSingleton<ImageDecoding>();
        services.AddSingleton<EmbeddingBatches>();
        services.AddSingleton<LotEmbedding>();
        services.AddSingleton<GalleryIndexes>();
        services.AddSingleton<EnsembleFormer>();
        services.AddSingleton<Evaluator>();
        services.AddHostedService<SlotService>();
        return services;
    }
}
