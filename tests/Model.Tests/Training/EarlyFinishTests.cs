using Siamese.Contracts.Tensors;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

/// <summary>A trial that is finished early ends as if the last validated epoch had been its last.</summary>
public sealed class EarlyFinishTests
{
    private static readonly Dictionary<string, Hyperparameters> _kinds = new()
    {
        ["last"] = SomeTrials.Short with { Epochs = 5 },
        ["best"] = SomeTrials.Short with { Epochs = 5, Keep = Keep.Best },
        ["averaged"] = SomeTrials.Short with { Epochs = 5, AverageFrom = 0.2 },
        ["best average"] = SomeTrials.Short with { Epochs = 5, Keep = Keep.Best, AverageFrom = 0.2 },
    };

    public static TheoryData<string> Kinds => [.. _kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_ends_with_the_last_validated_epoch_whenever_it_is_told(string kind)
    {
        var spec = SomeTrials.Spec(_kinds[kind]);
        using var finish = new CancellationTokenSource();
        // Told within the fourth epoch, after the first of its three batches.
        var checkpoints = new Told(finish, epoch: 3, batch: 1);

        var outcome = new Trainer(spec, SomeTrials.Digits, TimeProvider.System).Train(_ => { }, from: null, checkpoints, CancellationToken.None, finish.Token);

        var replayed = SomeTrials.Train(spec with { EndsAfter = 3 });
        Assert.Equal((3, TrialStatus.Completed, "finished early, after epoch 3 of 5"), (outcome.Result.EndsAfter, outcome.Result.Status, outcome.Result.Reason));
        Assert.Equal(replayed.Bits(), outcome.Bits());
        Assert.Equal(replayed.ValidationEmbeddings, outcome.ValidationEmbeddings);
        Assert.Equal(
            (replayed.Result.Validation, replayed.Result.KeptEpoch, replayed.Result.Positives, replayed.Result.Negatives, 3),
            (outcome.Result.Validation, outcome.Result.KeptEpoch, outcome.Result.Positives, outcome.Result.Negatives, outcome.Result.Epochs.Length));
        Assert.Equal((spec with { EndsAfter = 3 }).Id, Safetensors.Read(outcome.Weights!).Metadata["trial"]);
    }

    [Fact]
    public void A_trial_told_in_its_first_epoch_ends_after_that()
    {
        using var finish = new CancellationTokenSource();
        finish.Cancel();

        var outcome = new Trainer(SomeTrials.Spec(_kinds["last"]), SomeTrials.Digits, TimeProvider.System)
            .Train(_ => { }, from: null, checkpoints: null, CancellationToken.None, finish.Token);

        Assert.Equal((1, 1), (outcome.Result.EndsAfter, outcome.Result.Epochs.Length));
    }

    [Fact]
    public void A_trial_resumed_within_an_epoch_ends_after_that()
    {
        var spec = SomeTrials.Spec(_kinds["last"]);
        using var checkpoints = new CheckpointsAt((trained, ends) => trained == 7);
        Assert.Throws<OperationCanceledException>(() =>
            new Trainer(spec, SomeTrials.Digits, TimeProvider.System).Train(_ => { }, from: null, checkpoints, checkpoints.Taken));
        using var finish = new CancellationTokenSource();
        finish.Cancel();

        var outcome = new Trainer(spec, SomeTrials.Digits, TimeProvider.System)
            .Train(_ => { }, checkpoints.Snapshot!.Write(), checkpoints: null, CancellationToken.None, finish.Token);

        Assert.Equal(SomeTrials.Train(spec with { EndsAfter = 3 }).Bits(), outcome.Bits());
        Assert.Equal(3, outcome.Result.EndsAfter);
    }

    [Fact]
    public void Its_identity_differs_from_that_of_the_full_trial_and_by_epoch()
    {
        var spec = SomeTrials.Spec(_kinds["last"]);

        Assert.Equal(3, new[] { spec, spec with { EndsAfter = 3 }, spec with { EndsAfter = 4 } }.Select(trial => trial.Id).Distinct().Count());
    }

    /// <summary>Takes no checkpoint, and tells the trial to finish after a batch of the epoch that follows some others.</summary>
    private sealed class Told(CancellationTokenSource finish, int epoch, int batch) : ICheckpoints
    {
        private int _epochs;
        private int _batches;

        public bool AreDue(bool endsEpoch)
        {
            (_epochs, _batches) = endsEpoch ? (_epochs + 1, 0) : (_epochs, _batches + 1);
            if ((_epochs, _batches) == (epoch, batch))
                finish.Cancel();
            return false;
        }

        public void Take(TrainingSnapshot snapshot) => Assert.Fail("No checkpoint is due.");
    }
}
