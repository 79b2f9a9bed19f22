using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

/// <summary>Hyperparameters, data, shard and seed decide a trial's weights to the last bit, and each of them matters.</summary>
public sealed class ReplayTests
{
    private static readonly Hyperparameters _tiny = SomeTrials.Short with { Pairs = 60, BatchSize = 30, Epochs = 1 };

    private static readonly Dictionary<string, TrialSpec> _others = new()
    {
        ["seed"] = SomeTrials.Spec(_tiny, seed: 2),
        ["shard"] = SomeTrials.Spec(_tiny, shard: 1, shards: 2),
        ["the other shard"] = SomeTrials.Spec(_tiny, shard: 0, shards: 2),
        ["distance"] = SomeTrials.Spec(_tiny with { Distance = "manhattan" }),
        ["loss"] = SomeTrials.Spec(_tiny with { Loss = "triplet", Balance = null }),
        ["margin"] = SomeTrials.Spec(_tiny with { Margin = 3 }),
        ["pairing"] = SomeTrials.Spec(_tiny with { Pairing = Pairing.Batch, Pairs = null }),
        ["pairs"] = SomeTrials.Spec(_tiny with { Pairs = 90 }),
        ["batch size"] = SomeTrials.Spec(_tiny with { BatchSize = 20 }),
        ["balance"] = SomeTrials.Spec(_tiny with { Balance = 0.7 }),
        ["learning rate"] = SomeTrials.Spec(_tiny with { LearningRate = 1e-3 }),
        ["schedule"] = SomeTrials.Spec(_tiny with { Schedule = LearningRateSchedule.Constant }),
        ["augmentation"] = SomeTrials.Spec(_tiny with { Augment = false }),
        ["rotation"] = SomeTrials.Spec(_tiny with { Rotation = 10 }),
        ["scaling"] = SomeTrials.Spec(_tiny with { Scaling = 0.1 }),
        ["shear"] = SomeTrials.Spec(_tiny with { Shear = 0.1 }),
        ["shift"] = SomeTrials.Spec(_tiny with { Shift = 0.1 }),
        ["elastic"] = SomeTrials.Spec(_tiny with { Elastic = 0.05 }),
        ["stroke"] = SomeTrials.Spec(_tiny with { Stroke = 0.5 }),
        ["blur"] = SomeTrials.Spec(_tiny with { Blur = 1 }),
        ["noise"] = SomeTrials.Spec(_tiny with { Noise = 0.1 }),
        ["rotated classes"] = SomeTrials.Spec(_tiny with { RotatedClasses = true }),
        ["optimizer"] = SomeTrials.Spec(_tiny with { Optimizer = Optimizer.Sgd, Momentum = 0.9 }),
        ["momentum"] = SomeTrials.Spec(_tiny with { Optimizer = Optimizer.Sgd, Momentum = 0.5 }),
        ["weight decay"] = SomeTrials.Spec(_tiny with { WeightDecay = 0.01 }),
        ["decoupled weight decay"] = SomeTrials.Spec(_tiny with { WeightDecay = 0.01, Optimizer = Optimizer.Adamw }),
        ["normalization"] = SomeTrials.Spec(_tiny with { Normalize = true }),
        ["network"] = SomeTrials.Spec(_tiny with { Network = NetworkKind.PseudoSiamese }),
        ["epochs"] = SomeTrials.Spec(_tiny with { Epochs = 2 }),
    };

    public static TheoryData<string> OtherNames => [.. _others.Keys];

    public static TheoryData<string, Pairing, string> Kinds => new()
    {
        { "conv", Pairing.Listed, "contrastive" },
        { "conv", Pairing.Batch, "triplet" },
        { "article", Pairing.Listed, "triplet" },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void A_trial_trained_twice_ends_with_the_same_bits_and_metrics(string encoder, Pairing pairing, string loss)
    {
        var trial = _tiny with { Encoder = encoder, Pairing = pairing, Pairs = pairing is Pairing.Listed ? 60 : null, Steps = pairing is Pairing.Listed ? null : 3, Loss = loss };
        torch.manual_seed(1);
        var first = SomeTrials.Train(trial);
        torch.manual_seed(2); // The process's own generator must not matter.
        var second = SomeTrials.Train(trial);
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.ValidationEmbeddings, second.ValidationEmbeddings);
        Assert.Equal(first.Result.Validation, second.Result.Validation);
        Assert.Equal(Figures(first), Figures(second));
    }

    [Fact]
    public async Task Trials_trained_side_by_side_are_bit_identical_to_trials_trained_alone()
    {
        TrialSpec[] specs =
        [
            SomeTrials.Spec(SomeTrials.Short with { Epochs = 3 }),
            SomeTrials.Spec(SomeTrials.Short with { Encoder = "article", Loss = "triplet", Balance = null, Pairs = 60, Epochs = 3 }, seed: 7),
        ];
        var alone = specs.Select(spec => SomeTrials.Train(spec)).ToArray();

        using var together = new Barrier(specs.Length); // Each epoch of one runs at the same time as that epoch of the other.
        var sideBySide = await Task.WhenAll(specs.Select(spec => Task.Factory.StartNew(
            () => SomeTrials.Train(spec, report: _ => Assert.True(together.SignalAndWait(TimeSpan.FromMinutes(2)))),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        for (var i = 0; i < specs.Length; i++)
        {
            Assert.Equal(alone[i].Weights, sideBySide[i].Weights);
            Assert.Equal(alone[i].ValidationEmbeddings, sideBySide[i].ValidationEmbeddings);
            Assert.Equal(alone[i].Result.Validation, sideBySide[i].Result.Validation);
            Assert.Equal(Figures(alone[i]), Figures(sideBySide[i]));
        }
    }

    [Theory, MemberData(nameof(OtherNames))]
    public void A_trial_that_differs_in_one_thing_ends_with_different_weights(string what) =>
        Assert.NotEqual(SomeTrials.Train(_tiny).Bits(), SomeTrials.Train(_others[what]).Bits());

    private static IEnumerable<(double, double)> Figures(TrainingOutcome outcome) =>
        outcome.Result.Epochs.Select(epoch => (epoch.Loss, epoch.ValidationEer));
}
