using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Checkpoints;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void Digits_are_told_apart_after_two_epochs()
    {
        var outcome = SomeTrials.Train(new Hyperparameters { Epochs = 2, EmbeddingSize = 16, Augment = false });

        var result = outcome.Result;
        Assert.Equal((TrialStatus.Completed, null), (result.Status, result.Reason));
        Assert.True(result.Epochs[1].Loss < 0.8 * result.Epochs[0].Loss, $"{result.Epochs[0].Loss} then {result.Epochs[1].Loss}");
        Assert.True(result.Validation!.Eer < 0.2, $"{result.Validation.Eer}");
        Assert.Equal(result.Validation.Eer, result.Epochs[1].ValidationEer);
        Assert.Equal(200 * 16, outcome.ValidationEmbeddings!.Length);
        Assert.Equal(34 * 120 * 119 / 2, result.Positives + result.Negatives); // 34 batches of 120 images.
        Assert.InRange(result.Positives, 34 * 120 * 10 / 2, 34 * 120 * 12 / 2); // About 12 of each of ten classes.
        Assert.Equal(MachineKind.Current, result.MachineKind);
    }

    [Fact]
    public void Listed_pairs_are_counted_as_drawn()
    {
        var result = SomeTrials.Train(SomeTrials.Short with { Balance = 0.9, Epochs = 1 }).Result;
        Assert.Equal((12, 108), (result.Positives, result.Negatives));
        result = SomeTrials.Train(SomeTrials.Short with { Loss = "triplet", Balance = null, Epochs = 1 }).Result;
        Assert.Equal((120, 120), (result.Positives, result.Negatives));
    }

    [Fact]
    public void Epochs_are_reported_in_order_with_the_seconds_so_far()
    {
        var time = new FakeTimeProvider();
        var reports = new List<EpochReport>();
        var trainer = new Trainer(SomeTrials.Spec(SomeTrials.Short with { Epochs = 3 }), SomeTrials.Digits, time);
        time.Advance(TimeSpan.FromSeconds(5));

        var result = trainer.Train(Report, from: null, checkpoints: null, CancellationToken.None).Result;

        Assert.Equal([(1, 3, 5.0), (2, 3, 15.0), (3, 3, 25.0)], reports.Select(report => (report.Epoch, report.Epochs, report.Seconds)));
        Assert.Equal(result.Epochs, reports.Select(report => report with { Curve = [] }));
        Assert.All(reports, report => Assert.Equal(result.Epochs.Take(report.Epoch).Select(epoch => epoch.ValidationEer), report.Curve));
        Assert.Equal(35, result.Seconds);

        void Report(EpochReport report)
        {
            reports.Add(report);
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void The_weights_name_their_trial_and_reproduce_the_validation_embeddings()
    {
        var spec = SomeTrials.Spec(SomeTrials.Short);
        var outcome = SomeTrials.Train(spec);
        using var encoder = Model.Networks.Encoders.Create(spec.Hyperparameters);
        ModuleWeights.Load(encoder, outcome.Weights!);

        var metadata = Safetensors.Read(outcome.Weights!).Metadata;
        Assert.Equal((spec.Id, "conv"), (metadata["trial"], metadata["encoder"]));
        Assert.Equal(outcome.ValidationEmbeddings!, Embedding.Of(encoder, SomeTrials.Digits.Validation.Images), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Validation_metrics_match_the_validation_embeddings()
    {
        var outcome = SomeTrials.Train(SomeTrials.Short with { Distance = "manhattan", Margin = 8, Epochs = 1 });
        var pairs = EvaluationPairs.Of(SomeTrials.Digits.Validation);
        var distances = PairDistances.Measure(outcome.ValidationEmbeddings, SomeTrials.Short.EmbeddingSize, pairs, Distance.Get("manhattan"));
        Assert.Equal(200 * 199 / 2, outcome.Result.Validation!.Pairs);
        Assert.Equal(RocCurve.Of(distances, pairs).ToMetrics(), outcome.Result.Validation);
    }

    [Fact]
    public void A_trial_can_train_on_given_pairs_without_classes()
    {
        var result = SomeTrials.Train(SomeTrials.Short with { Balance = 0.25, Pairs = 1200, Augment = false }, SomeTrials.AsPairs()).Result;
        Assert.Equal(TrialStatus.Completed, result.Status);
        Assert.Equal((900, 300), (result.Positives, result.Negatives));
        Assert.Equal(200, result.Validation!.Pairs);
        Assert.True(result.Validation.Auc > 0.6, $"{result.Validation.Auc}");
    }

    [Fact]
    public void A_trial_that_stops_improving_ends_early_with_its_best_epoch()
    {
        // A rate so low that only the statistics of batch normalisation change, and they settle soon.
        var hyperparameters = SomeTrials.Short with { Epochs = 9, LearningRate = 1e-12, Patience = 2, Keep = Keep.Best };
        var outcome = SomeTrials.Train(hyperparameters);

        Assert.True(outcome.Result.Epochs.Length < 9);
        Assert.Equal(EarlyStop.Best(outcome.Result.Epochs), outcome.Result.KeptEpoch);
        Assert.Equal(outcome.Result.KeptEpoch + 2, outcome.Result.Epochs.Length);
        Assert.Equal(outcome.Result.Epochs.Min(epoch => epoch.ValidationEer), outcome.Result.Validation!.Eer);
    }

    [Fact]
    public void The_best_epoch_is_kept_with_its_weights_and_embeddings()
    {
        // A rate at which the validation error goes up and down.
        var hyperparameters = SomeTrials.Short with { Epochs = 6, LearningRate = 0.05, Schedule = LearningRateSchedule.Constant, Keep = Keep.Best };
        // With some seeds the last epoch is the best, and with which ones depends on the processor.
        var (spec, best) = Enumerable.Range(1, 20).Select(seed => SomeTrials.Spec(hyperparameters, seed))
            .Select(spec => (spec, SomeTrials.Train(spec))).First(trained => EarlyStop.Best(trained.Item2.Result.Epochs) < 6);
        var kept = EarlyStop.Best(best.Result.Epochs);
        var last = SomeTrials.Train(spec with { Hyperparameters = hyperparameters with { Keep = Keep.Last } });

        Assert.Equal(last.Result.Epochs.Select(epoch => epoch.ValidationEer), best.Result.Epochs.Select(epoch => epoch.ValidationEer));
        Assert.Equal((kept, 6), (best.Result.KeptEpoch, last.Result.KeptEpoch));
        Assert.Equal(best.Result.Epochs[kept - 1].ValidationEer, best.Result.Validation!.Eer);
        Assert.NotEqual(best.Bits(), last.Bits());
        var pairs = EvaluationPairs.Of(SomeTrials.Digits.Validation);
        var distances = PairDistances.Measure(best.ValidationEmbeddings, hyperparameters.EmbeddingSize, pairs, new EuclideanDistance());
        Assert.Equal(RocCurve.Of(distances, pairs).ToMetrics(), best.Result.Validation);
    }

    [Fact]
    public void Averaged_weights_are_validated_and_kept_while_training_continues_with_its_own()
    {
        var hyperparameters = SomeTrials.Short with { Epochs = 4 };
        var (own, averaged) = (SomeTrials.Train(hyperparameters), SomeTrials.Train(hyperparameters with { AverageFrom = 0.5 }));

        Assert.Equal(own.Result.Epochs.Select(epoch => epoch.Loss), averaged.Result.Epochs.Select(epoch => epoch.Loss));
        // The third epoch is the first to be averaged, so its mean is itself.
        Assert.Equal(own.Result.Epochs[2].ValidationEer, averaged.Result.Epochs[2].ValidationEer);
        Assert.NotEqual(own.Bits(), averaged.Bits());
    }

    [Fact]
    public void A_pseudo_siamese_network_learns_to_tell_digits_apart()
    {
        // More slowly than a Siamese network: the two encoders start unrelated.
        var outcome = SomeTrials.Train(new Hyperparameters { Epochs = 6, BatchSize = 60, Steps = 34, EmbeddingSize = 16, Augment = false, Network = NetworkKind.PseudoSiamese });

        Assert.True(outcome.Result.Validation!.Eer < 0.3, $"{outcome.Result.Validation.Eer}");
        Assert.Equal(200 * 2 * 16, outcome.ValidationEmbeddings!.Length);
    }

    [Fact]
    public void Rotated_classes_are_used_for_training_and_not_for_validation()
    {
        var result = SomeTrials.Train(SomeTrials.Short with { Pairing = Pairing.Batch, Pairs = null, BatchSize = 120, Steps = 10, Epochs = 1, RotatedClasses = true }).Result;
        // 40 classes of three images in a batch of 120: 3 same pairs of each.
        Assert.InRange((double)result.Positives / (result.Positives + result.Negatives), 0.01, 0.03);
        Assert.Equal(200 * 199 / 2, result.Validation!.Pairs);
    }

    [Fact]
    public void A_cancelled_trial_ends_before_its_next_epoch()
    {
        using var stop = new CancellationTokenSource();
        var epochs = 0;
        var trainer = new Trainer(SomeTrials.Spec(SomeTrials.Short), SomeTrials.Digits, TimeProvider.System);
        Assert.Throws<OperationCanceledException>(() => trainer.Train(Report, from: null, checkpoints: null, stop.Token));
        Assert.Equal(1, epochs);

        void Report(EpochReport report)
        {
            epochs++;
            stop.Cancel();
        }
    }

    [Fact]
    public void Memory_stays_constant_over_epochs_and_a_trial_leaves_nothing_behind()
    {
        foreach (var pairing in new[] { Pairing.Listed, Pairing.Batch })
        {
            foreach (var encoder in new[] { "conv", "article" }.Take(pairing is Pairing.Batch ? 1 : 2))
            {
                var live = new List<long>();
                var before = Live;
                SomeTrials.Train(
                    SomeTrials.Short with { Epochs = 3, Encoder = encoder, Pairing = pairing, Pairs = pairing is Pairing.Batch ? null : 40, Steps = pairing is Pairing.Batch ? 5 : null },
                    report: _ => live.Add(Live));
                Assert.Equal([live[0], live[0], live[0]], live);
                Assert.Equal(before, Live);
            }
        }
    }

    /// <summary>Tensor handles that this thread created and has not freed.</summary>
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
