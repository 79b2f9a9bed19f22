using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Proposers;
using Siamese.Model.Augmentations;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Losses;
using Siamese.Model.Networks;
using Siamese.Model.Sampling;

namespace Siamese.Grains.Sweeps;

/// <summary>Turns a request and its data into a plan. Pure.</summary>
internal static class SweepPlanning
{
    /// <summary>A sweep's trials: every point on every shard with every seed.</summary>
    public static ImmutableArray<TrialSpec> Trials(SweepRequest request, IEnumerable<Hyperparameters> points, string dataFingerprint, string codeVersion) =>
    [
        .. from point in points
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

    /// <summary>Number of trials per point.</summary>
    public static int TrialsPerPoint(this SweepRequest request) => request.Shards * request.Seeds.Length;

    public static DataFacts FactsOf(SweepRequest request, DataSet data)
    {
        var images = Shards.Cut(data.Training, request.Shards).Min(shard => shard.Images.Count);
        var hasForgeries = data.Training.Forged is not null;
        return new(
            data.Name, data.Training.GivenPairs is not null, images, hasForgeries, IsSmall: images < DataDefaults.FewImages, data.TypicalSize, data.Kinds,
            // The order of the strokes is what a forger does not know.
            ReordersStrokes: data.Kinds.HasFlag(InputKinds.Strokes) && !hasForgeries,
            DefaultsVersion: DataFacts.NewestDefaults,
            Features: (data.Training.Images.Shape as VectorShape)?.Width);
    }

    /// <summary>Checks the request against its data.</summary>
    /// <exception cref="BadInputException">The request cannot be trained on the data.</exception>
    public static SweepPlan Plan(SweepRequest request, DataSet data, DataFacts facts)
    {
        var plan = new SweepPlan
        {
            Trials = 0,
            CoreSeconds = 0,
            DataName = data.Name,
            DataFingerprint = data.Fingerprint,
            Classes = data.Classes.Count,
            TrainingImages = data.Training.Images.Count,
            ValidationImages = data.Validation.Images.Count,
            TestImages = data.Test.Images.Count,
        };
        var fitted = DataDefaults.Fit(request, facts);
        var expansion = SpaceSearch.Expand(fitted);
        var remarks = new[]
        {
            request.IsAdaptive() ? null : expansion.Remark,
            DataDefaults.Remark(request, facts),
            !facts.HasForgeries && expansion.Points.Any(point => point.ForgedShare > 0) ? $"{data.Name} has no forgeries, so 'forged-share' has no effect." : null,
        }.OfType<string>();
        return WithPoints(plan, fitted, expansion.Points, facts) with { Remarks = [.. remarks, .. data.Remarks] };
    }

    /// <summary>The same plan, with the number of trials that the request now needs.</summary>
    /// <exception cref="BadInputException">One of the points cannot be trained on the data.</exception>
    public static SweepPlan WithPoints(SweepPlan plan, SweepRequest request, DataFacts data) =>
        WithPoints(plan, request, SpaceSearch.Expand(request).Points, data);

    private static SweepPlan WithPoints(SweepPlan plan, SweepRequest request, ImmutableArray<Hyperparameters> points, DataFacts data)
    {
        // For an adaptive search these are only examples: it skips points that cannot be trained.
        var problems = points.Select(point => ProblemOf(point, data)).ToArray();
        if (problems.FirstOrDefault(problem => problem is not null) is { } bad && (!request.IsAdaptive() || problems.All(problem => problem is not null)))
            throw new BadInputException(bad);
        var count = request.IsAdaptive() ? request.Points!.Value : points.Length;
        SweepLimits.Check(count, request.Shards, request.Seeds.Length);
        var trials = count * request.TrialsPerPoint();
        return plan with
        {
            Passes = points.Length > 0 && points[0] is { Pairing: not Pairing.Listed, Steps: null or 0 } first
                ? (int)Math.Round((double)ClassBatches.BatchesPerEpoch(data.ShardImages, first.BatchSize) * first.BatchSize / data.ShardImages)
                : 0,
            Trials = trials,
            CoreSeconds = trials * points.Average(point => Seconds(point, data.ShardImages, plan.ValidationImages)),
        };
    }

    /// <summary>Why a point cannot be trained on the data; null if it can.</summary>
    public static string? ProblemOf(Hyperparameters point, DataFacts data)
    {
        var backbone = BackboneName.Find(point.Backbone);
        var takes = Encoders.InputOf(point).Kind;
        if (backbone is not null && !data.Kinds.HasFlag(takes))
            return $"{data.Name} has {InWords(data.Kinds)}, and the backbone {backbone.Brief} takes images. Leave 'backbone' out.";
        if (point.From is not null && !data.Kinds.HasFlag(takes))
            return $"{data.Name} has {InWords(data.Kinds)}, and the weights named by 'from' are of an encoder that takes {InWords(takes)}. Choose others, or leave 'from' out.";
        if (point.From is not null && backbone is null && point.VectorWidth is { } learned && learned != data.Features)
            return FormattableString.Invariant($"{data.Name} has vectors of {data.Features} numbers, and the weights named by 'from' are for vectors of {learned}. Choose others, or leave 'from' out.");
        if (!data.Kinds.HasFlag(takes))
        {
            return $"{data.Name} has {InWords(data.Kinds)}, and the encoder '{point.Encoder}' takes {InWords(takes)}. Use 'encoder' "
                + $"{string.Join(" or ", Encoders.All.Where(encoder => data.Kinds.HasFlag(encoder.Takes)).Select(encoder => encoder.Name))}{(data.Kinds is InputKinds.Images && takes is InputKinds.Strokes ? ", or 'inputs' both if files of the pen strokes lie beside the images" : data.Kinds is InputKinds.Images && takes is InputKinds.Vectors ? ", or 'backbone' with a network that computes vectors" : "")}.";
        }

        if (backbone is not null && point.VectorWidth != backbone.Width)
            return FormattableString.Invariant($"The backbone {backbone.Brief} computes {backbone.Width} numbers, and 'vector-width' is {point.VectorWidth}. Leave 'vector-width' out.");
        if (backbone is null && point.VectorWidth is { } width && width != data.Features)
            return FormattableString.Invariant($"{data.Name} has vectors of {data.Features} numbers, and 'vector-width' is {width}. Leave 'vector-width' out.");
        if (data.HasForgeries)
        {
            if (point.Pairing is Pairing.Listed && LossKind.Get(point.Loss).Form is LossForm.Triplets)
                return $"{data.Name} has forgeries, and lists of triplets have none; use 'pairing' batch, or 'loss' contrastive.";
            if (point.RotatedClasses)
                return $"{data.Name} has forgeries, which 'rotated-classes' does not support; leave it out.";
        }
        else if (data.GivesPairs)
        {
            if (LossKind.Get(point.Loss).Form is not LossForm.Pairs)
                return $"{data.Name} gives pairs, not classes, and the loss '{point.Loss}' needs classes; use 'loss' contrastive.";
            if (point.Pairing is Pairing.Batch)
                return $"{data.Name} gives pairs, not classes, and batch pairing needs classes; add 'pairing' listed.";
            if (point.RotatedClasses)
                return $"{data.Name} gives pairs, not classes, so there are no classes to rotate; leave out 'rotated-classes'.";
        }

        if (point.Pairing is Pairing.Neighbours && point.BatchSize <= point.Neighbours + 1)
            return $"A batch of {point.BatchSize} images has no room for an image, its {point.Neighbours} nearest and others; use a larger 'batch-size', or fewer 'neighbours'.";
        if (point.Pairing is Pairing.Batch && point.BatchSize < 4)
            return $"A batch of {point.BatchSize} images cannot hold two images from each of two classes; with batch pairing, 'batch-size' must be at least 4.";
        return point.Pairing is not Pairing.Listed && point.BatchSize > data.ShardImages
            ? $"A batch of {point.BatchSize} images is larger than a shard of {data.ShardImages} images; use a smaller 'batch-size' or fewer 'shards'."
            : null;
    }

    private static string InWords(InputKinds kinds) => kinds switch { InputKinds.Strokes => "pen strokes", InputKinds.Vectors => "vectors", _ => "images" };

    /// <summary>Number of training images that each image becomes.</summary>
    private static int CopiesOf(Hyperparameters point) => point.RotatedClasses ? RotatedClasses.Turns : point.ShiftedCopies is true ? NeighbourBatches.Copies : 1;

    /// <summary>Rough core-seconds of one trial, from the encoder's speed; embedding alone costs about a third of training.</summary>
    private static double Seconds(Hyperparameters point, int trainingImages, int validationImages)
    {
        var perEpoch = point.Pairing is not Pairing.Listed
            ? ClassBatches.BatchesPerEpoch(CopiesOf(point) * trainingImages, point.BatchSize, point.Steps ?? 0) * point.BatchSize
            : point.Pairs!.Value * (LossKind.Get(point.Loss).Form is LossForm.Triplets ? 3 : 2);
        return point.Epochs * (perEpoch + (validationImages / 3.0)) / Encoders.Get(point.Encoder).ItemsPerSecond(point);
    }
}
