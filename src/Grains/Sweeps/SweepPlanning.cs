using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;
using Siamese.Grains.Search;
using Siamese.Model.Data;
using Siamese.Model.Losses;
using Siamese.Model.Networks;
using Siamese.Model.Sampling;

namespace Siamese.Grains.Sweeps;

/// <summary>What a request comes to on its data. Pure.</summary>
internal static class SweepPlanning
{
    /// <summary>The sweep's trials: every point on every shard with every seed.</summary>
    public static ImmutableArray<TrialSpec> Trials(SweepRequest request, string dataFingerprint, string codeVersion) =>
    [
        .. from point in SpaceSearch.Expand(request).Points
           from shard in Enumerable.Range(0, request.Shards)
           from seed in request.Seeds
           select new TrialSpec
           {
               Hyperparameters = point,
               DataFingerprint = dataFingerprint,
               Shard = shard,
               Shards = request.Shards,
               Seed = seed,
               CodeVersion = codeVersion,
           },
    ];

    /// <summary>Checks the request against its data.</summary>
    /// <exception cref="BadInputException">The data cannot serve it.</exception>
    public static SweepPlan Plan(SweepRequest request, DataSet data)
    {
        var expansion = SpaceSearch.Expand(request);
        var points = expansion.Points;
        var shards = Shards.Cut(data.Training, request.Shards);
        foreach (var point in points)
            Check(point, data, shards);
        var perPoint = request.Shards * request.Seeds.Length;
        return new SweepPlan
        {
            Trials = points.Length * perPoint,
            CoreSeconds = points.Sum(point => Seconds(point, shards[0].Images.Count, data.Validation.Images.Count)) * perPoint,
            DataName = data.Name,
            DataFingerprint = data.Fingerprint,
            Classes = data.Classes.Count,
            TrainingImages = data.Training.Images.Count,
            ValidationImages = data.Validation.Images.Count,
            TestImages = data.Test.Images.Count,
            Remarks = expansion.Remark is { } remark ? [remark, .. data.Remarks] : [.. data.Remarks],
        };
    }

    private static void Check(Hyperparameters point, DataSet data, DataSplit[] shards)
    {
        if (data.Training.GivenPairs is not null)
        {
            if (LossKind.Get(point.Loss).Form is not LossForm.Pairs)
                throw new BadInputException($"{data.Name} gives pairs, not classes, and the loss '{point.Loss}' needs classes; use --losses contrastive.");
            if (point.Pairing is Pairing.Batch)
                throw new BadInputException($"{data.Name} gives pairs, not classes, and batch pairing needs classes; add --pairing listed.");
            if (point.RotatedClasses)
                throw new BadInputException($"{data.Name} gives pairs, not classes that could be turned; leave out --rotated-classes.");
        }

        if (point.Pairing is Pairing.Batch && point.BatchSize < 4)
            throw new BadInputException($"A batch of {point.BatchSize} images cannot hold two of each of two classes; with batch pairing, --batch-sizes must be at least 4.");
        var smallest = shards.Min(shard => shard.Images.Count);
        if (point.Pairing is Pairing.Batch && point.BatchSize > smallest)
            throw new BadInputException($"A batch of {point.BatchSize} images is more than the {smallest} of a shard; use smaller --batch-sizes or fewer --shards.");
    }

    /// <summary>Rough core-seconds of one trial, by the encoder's rate; embedding alone costs about a third of training.</summary>
    private static double Seconds(Hyperparameters point, int trainingImages, int validationImages)
    {
        var perEpoch = point.Pairing is Pairing.Batch
            ? ClassBatches.BatchesPerEpoch(point.RotatedClasses ? 4 * trainingImages : trainingImages, point.BatchSize) * point.BatchSize
            : point.Pairs!.Value * (LossKind.Get(point.Loss).Form is LossForm.Triplets ? 3 : 2);
        return point.Epochs * (perEpoch + (validationImages / 3.0)) / Encoders.Get(point.Encoder).ImagesPerSecond(point);
    }
}
