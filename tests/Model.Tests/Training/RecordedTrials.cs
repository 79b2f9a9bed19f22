using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Miners;
using Siamese.Model.Networks;

namespace Siamese.Model.Tests.Training;

/// <summary>
/// The short trials whose outcomes are recorded: one for every loss, encoder, distance, miner and enum value, found by their
/// registries, and one for each setting of training that has none. Each trains about two epochs of three batches.
/// </summary>
internal static class RecordedTrials
{
    public static IReadOnlyDictionary<string, Hyperparameters> All { get; } = new[]
    {
        LossKind.All.Select(loss => ($"loss {loss.Name}", WithLoss(loss))),
        Encoders.All.Select(encoder => ($"encoder {encoder.Name}", WithEncoder(encoder))),
        Distance.All.Select(distance => ($"distance {distance.Name}", SomeTrials.Short with { Distance = distance.Name, Normalize = distance.Name == "cosine" ? null : false, Margin = 0.5 })),
        Miner.All.Select(miner => ($"mining {miner.Name}", InBatches with { Mining = miner.Name })),
        Enum.GetValues<NetworkKind>().Select(network => ($"network {Words.Of(network)}", SomeTrials.Short with { Network = network })),
        Enum.GetValues<Pairing>().Select(pairing => ($"pairing {Words.Of(pairing)}", pairing switch
        {
            Pairing.Batch => InBatches,
            Pairing.Neighbours => InBatches with { Pairing = pairing, Mining = null, Neighbours = 3, ShiftedCopies = true },
            _ => SomeTrials.Short,
        })),
        Enum.GetValues<Optimizer>().Select(optimizer => ($"optimizer {Words.Of(optimizer)}", SomeTrials.Short with { Optimizer = optimizer, WeightDecay = 0.01, Momentum = optimizer is Optimizer.Sgd ? 0.9 : null })),
        Enum.GetValues<LearningRateSchedule>().Select(schedule => ($"schedule {Words.Of(schedule)}", SomeTrials.Short with { Schedule = schedule })),
        Enum.GetValues<Keep>().Select(keep => ($"keep {Words.Of(keep)}", SomeTrials.Short with { Keep = keep, Epochs = 3 })),
        Augmentations.Select(change => ($"augmentation {change.Key}", change.Value)),
        new Dictionary<string, Hyperparameters>
        {
            ["triplets from a list"] = SomeTrials.Short with { Loss = "triplet", Balance = null },
            ["patience"] = SomeTrials.Short with { Patience = 1, Epochs = 4 },
            ["average of epochs"] = SomeTrials.Short with { AverageFrom = 0.3, Epochs = 3 },
            ["length 1"] = SomeTrials.Short with { Normalize = true, Margin = 1 },
            ["rotated classes"] = InBatches with { RotatedClasses = true },
            ["steps from the number of images"] = InBatches with { BatchSize = 240, Steps = 0, Epochs = 1 },
            ["conv on rectangles in colour"] = SomeTrials.Short with { InputSize = 24, InputWidth = 44, Colour = Colour.Rgb, Fit = Fit.Pad, Jitter = 0.2 },
            ["residual on rectangles in colour"] = WithEncoder(ResidualEncoder.Kind) with { InputSize = 24, InputWidth = 44, Colour = Colour.Rgb, Fit = Fit.Ink, Blur = 1 },
            ["strokes in another rhythm without their ends"] = WithEncoder(StrokesEncoder.Kind) with { Points = 60, Resample = Resample.Arc, TimeWarp = 0.1, DroppedEnds = 0.1, Elastic = 0.05, Noise = 0.01 },
            ["strokes pooled from every block"] = WithEncoder(StrokesEncoder.Kind) with { Pooling = Pooling.Every },
            ["strokes with the ink around each point"] = WithEncoder(StrokesEncoder.Kind) with { Context = true },
            ["two hidden layers on vectors"] = WithEncoder(MlpEncoder.Kind) with { HiddenLayers = 2 },
            ["strokes in another order"] = WithEncoder(StrokesEncoder.Kind) with { Augment = true, StrokeOrder = 0.5 },
            [Forgeries] = InBatches,
            ["imbalance"] = SomeTrials.Short with { Balance = 0.9 },
        }.Select(trial => (trial.Key, trial.Value)),
    }.SelectMany(trials => trials).ToDictionary(trial => trial.Item1, trial => trial.Item2);

    /// <summary>The trial on images of which some are forgeries.</summary>
    public const string Forgeries = "forgeries in batches";

    private static Hyperparameters InBatches => SomeTrials.Short with { Pairing = Pairing.Batch, Pairs = null, Mining = Miner.None, BatchSize = 80, Steps = 3, LearningRate = 2e-4 };

    /// <summary>A trial with augmentation whose strengths are all 0.</summary>
    public static Hyperparameters WithoutChanges => SomeTrials.Short with { Rotation = 0, Scaling = 0, Shear = 0, Shift = 0, Elastic = 0, Stroke = 0, Blur = 0, Noise = 0 };

    /// <summary>Each change alone, and those that are on by default together.</summary>
    private static Dictionary<string, Hyperparameters> Augmentations
    {
        get
        {
            var none = WithoutChanges;
            return new()
            {
                ["off"] = SomeTrials.Short with { Augment = false, Rotation = null, Scaling = null, Shear = null, Shift = null, Elastic = null, Stroke = null, Blur = null, Noise = null, Flip = null, Crop = null, Jitter = null, Erasing = null },
                ["on"] = SomeTrials.Short,
                ["rotation"] = none with { Rotation = 15 },
                ["scaling"] = none with { Scaling = 0.15 },
                ["shear"] = none with { Shear = 0.2 },
                ["shift"] = none with { Shift = 0.06 },
                ["elastic"] = none with { Elastic = 0.05 },
                ["stroke"] = none with { Stroke = 0.5 },
                ["blur"] = none with { Blur = 1 },
                ["noise"] = none with { Noise = 0.1 },
                ["flip"] = none with { Flip = true },
                ["crop"] = none with { Crop = 0.2 },
                ["jitter"] = none with { Jitter = 0.2 },
                ["erasing"] = none with { Erasing = 0.2 },
            };
        }
    }

    private static Hyperparameters WithLoss(LossKind loss)
    {
        var trial = InBatches with
        {
            Loss = loss.Name,
            Distance = loss.DefaultDistance,
            Normalize = loss.DefaultDistance == "cosine" ? null : false,
            Mining = loss.Form is LossForm.Batch ? null : Miner.None,
            Balance = loss.Form is LossForm.Pairs ? 0.5 : null,
            Margin = null,
        };
        return loss.Own.Aggregate(trial, (known, own) => Hyperparameter.Named(own.Key).Set(known, own.Value(known)));
    }

    /// <summary>As few images as make one step, because the largest encoder takes 20 a second.</summary>
    private static Hyperparameters WithEncoder(EncoderKind encoder) =>
        SomeTrials.With(encoder) with
        {
            Pairs = 8,
            BatchSize = 4,
            Epochs = 1,
        };
}
