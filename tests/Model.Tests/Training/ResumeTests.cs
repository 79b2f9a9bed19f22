using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Tests.Losses;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

/// <summary>A trial that is interrupted and resumed from a checkpoint ends bit-identical to one that was never interrupted.</summary>
public sealed class ResumeTests
{
    private const int Epochs = 2;
    private const int Batches = 3;

    private static readonly Dictionary<string, Hyperparameters> _kinds = new()
    {
        ["conv, listed, contrastive"] = Kind("conv", Pairing.Listed, "contrastive"),
        ["conv, batch, triplet"] = Kind("conv", Pairing.Batch, "triplet"),
        ["article, listed, triplet"] = Kind("article", Pairing.Listed, "triplet"),
        ["article, batch, contrastive"] = Kind("article", Pairing.Batch, "contrastive"),
        ["the best epoch of averages, all changes, sgd"] = Kind("conv", Pairing.Listed, "contrastive") with
        {
            Keep = Keep.Best,
            AverageFrom = 0,
            Optimizer = Optimizer.Sgd,
            Momentum = 0.9,
            LearningRate = 0.05,
            WeightDecay = 1e-3,
            Schedule = LearningRateSchedule.OneCycle,
            Elastic = 0.03,
            Stroke = 0.5,
            Blur = 0.5,
            Noise = 0.05,
        },
        ["pseudo-siamese, rotated classes, nt-xent"] = Kind("conv", Pairing.Batch, "nt-xent") with { Network = NetworkKind.PseudoSiamese, RotatedClasses = true },
    };

    private static readonly Dictionary<string, Lazy<TrainingOutcome>> _undisturbed =
        _kinds.ToDictionary(kind => kind.Key, kind => new Lazy<TrainingOutcome>(() => SomeTrials.Train(kind.Value)));

    // Takes the batches asked about so far, and whether an epoch was just validated.
    private static readonly Dictionary<string, Func<int, bool, bool>> _places = new()
    {
        ["its first batch"] = (asked, ends) => asked == 1 && !ends,
        ["a batch within its second epoch"] = (asked, ends) => asked == Batches + 2 && !ends,
        ["the end of its first epoch"] = (asked, ends) => asked == Batches && ends,
        ["its last batch of all"] = (asked, ends) => asked == Epochs * Batches && !ends,
    };

    public static IEnumerable<object[]> KindsAndPlaces => from kind in _kinds.Keys from place in _places.Keys select new object[] { kind, place };

    [Theory, MemberData(nameof(KindsAndPlaces))]
    public void A_trial_interrupted_anywhere_ends_with_the_same_bits(string kind, string place)
    {
        var trial = new Interrupted(_kinds[kind]);
        var checkpoint = trial.Until(null, _places[place]);
        AssertSame(kind, trial, trial.ToTheEnd(checkpoint));
    }

    [Theory, InlineData("conv, listed, contrastive"), InlineData("article, listed, triplet")]
    public void A_trial_interrupted_twice_ends_with_the_same_bits(string kind)
    {
        var trial = new Interrupted(_kinds[kind]);
        var first = trial.Until(null, (asked, ends) => asked == 2 && !ends);
        var second = trial.Until(first, (asked, ends) => asked == Batches && !ends); // Counts from the first checkpoint.
        Assert.Equal((1, 2), (trial.Last.Epoch, trial.Last.Batch));
        AssertSame(kind, trial, trial.ToTheEnd(second));
    }

    [Fact]
    public void Taking_a_checkpoint_does_not_change_the_training_and_later_training_does_not_change_the_checkpoint()
    {
        const string kind = "conv, listed, contrastive";
        var taken = new List<(TrainingSnapshot Snapshot, byte[] Then)>();
        var outcome = new Trainer(SomeTrials.Spec(_kinds[kind]), SomeTrials.Digits, TimeProvider.System)
            .Train(_ => { }, from: null, new EverywhereIn(taken), CancellationToken.None);

        Assert.Equal(_undisturbed[kind].Value.Weights, outcome.Weights);
        // After each batch, and after each epoch but the last.
        Assert.Equal(
            [(0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)],
            taken.Select(checkpoint => (checkpoint.Snapshot.Epoch, checkpoint.Snapshot.Batch)));
        Assert.All(taken, checkpoint => Assert.Equal(checkpoint.Then, checkpoint.Snapshot.Write()));
    }

    [Fact]
    public void The_metadata_of_a_checkpoint_identifies_it()
    {
        var trial = new Interrupted(_kinds["conv, listed, contrastive"]);
        var metadata = Safetensors.Read(trial.Until(null, (_, ends) => ends)).Metadata;
        Assert.Equal(
            ("checkpoint", trial.Spec.Id, CodeVersion.Current),
            (metadata["siamese"], metadata["trial"], metadata["code"]));
        Assert.Contains(MachineKind.Current, metadata["progress"], StringComparison.Ordinal);
    }

    [Fact]
    public void Seconds_continue_from_those_of_the_checkpoint()
    {
        var time = new FakeTimeProvider();
        var spec = SomeTrials.Spec(_kinds["conv, listed, contrastive"]);
        using var checkpoints = new CheckpointsAt((_, ends) => ends);
        var first = new Trainer(spec, SomeTrials.Digits, time);
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.Throws<OperationCanceledException>(() => first.Train(_ => { }, from: null, checkpoints, checkpoints.Taken));
        time.Advance(TimeSpan.FromHours(1));
        var second = new Trainer(spec, SomeTrials.Digits, time);
        time.Advance(TimeSpan.FromSeconds(5));

        var result = second.Train(_ => { }, checkpoints.Snapshot!.Write(), checkpoints: null, CancellationToken.None).Result;

        Assert.Equal(7, checkpoints.Snapshot.Seconds);
        Assert.Equal([7, 12], result.Epochs.Select(epoch => epoch.Seconds));
        Assert.Equal(12, result.Seconds);
    }

    [Fact]
    public void A_trial_resumed_on_another_machine_names_both_machines()
    {
        Assert.Equal(MachineKind.Current, MachineKind.After(null));
        Assert.Equal(MachineKind.Current, MachineKind.After(MachineKind.Current));
        Assert.Equal($"win-x64, 256-bit vectors, then {MachineKind.Current}", MachineKind.After("win-x64, 256-bit vectors"));
        Assert.Equal($"win-x64, 256-bit vectors, then {MachineKind.Current}", MachineKind.After($"win-x64, 256-bit vectors, then {MachineKind.Current}"));
    }

    [Fact]
    public void A_foreign_or_damaged_checkpoint_is_refused_before_training_starts()
    {
        var trial = new Interrupted(_kinds["conv, listed, contrastive"]);
        var checkpoint = trial.Until(null, (_, ends) => ends);

        Refused("belongs to trial", new Interrupted(_kinds["conv, batch, triplet"]), checkpoint);
        Refused("code version", trial, Changed(checkpoint, metadata => metadata["code"] = "0123456789abcdef"));
        Refused("is not a checkpoint", trial, Changed(checkpoint, metadata => metadata.Remove("siamese")));
        Refused("is not a checkpoint", trial, SomeTrials.Train(_kinds["conv, listed, contrastive"]).Weights!);
        Refused("progress cannot be parsed", trial, Changed(checkpoint, metadata => metadata["progress"] = "{}"));
        Refused("after batch 7 of an epoch that has 3", trial, Changed(checkpoint, metadata =>
            metadata["progress"] = metadata["progress"].Replace("\"Batches\":0", "\"Batches\":7", StringComparison.Ordinal)));
        Refused("The state of optimizer adam is missing", trial, Without(checkpoint, "adam.second"));
        Refused("`bn1.running_var` is missing", trial, Without(checkpoint, "bn1.running_var"));
        Refused("belong to no tensor", trial, [.. checkpoint, 0]);
        Refused("claims to end", trial, checkpoint[..^4]);
    }

    [Fact]
    public void Resuming_leaves_no_tensors_of_a_checkpoint_in_memory()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var trial = new Interrupted(_kinds["conv, listed, contrastive"]);
        trial.ToTheEnd(trial.Until(null, (asked, _) => asked == 4));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void AssertSame(string kind, Interrupted trial, TrainingOutcome outcome)
    {
        var expected = _undisturbed[kind].Value;
        Assert.Equal(expected.Weights, outcome.Weights);
        Assert.Equal(expected.ValidationEmbeddings, outcome.ValidationEmbeddings);
        Assert.Equal(expected.Result.Validation, outcome.Result.Validation);
        Assert.Equal(
            (expected.Result.Status, expected.Result.Reason, expected.Result.Positives, expected.Result.Negatives),
            (outcome.Result.Status, outcome.Result.Reason, outcome.Result.Positives, outcome.Result.Negatives));
        Assert.Equal(expected.Result.Epochs.Select(Timeless), outcome.Result.Epochs.Select(Timeless));
        // No epoch is reported twice, and none is left out.
        Assert.Equal(expected.Result.Epochs.Select(Timeless), trial.Reports.Select(Timeless));
        // The last report alone shows how all epochs went, including those before the interruption.
        Assert.Equal(expected.Result.Epochs.Select(epoch => epoch.ValidationEer), trial.Reports[^1].Curve);
    }

    private static EpochReport Timeless(EpochReport report) => report with { Seconds = 0, Curve = [] };

    private static void Refused(string why, Interrupted trial, byte[] checkpoint)
    {
        var reported = trial.Reports.Count;
        var problem = Assert.Throws<InvalidDataException>(() => trial.ToTheEnd(checkpoint));
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Equal(reported, trial.Reports.Count);
    }

    private static byte[] Changed(byte[] checkpoint, Action<Dictionary<string, string>> change)
    {
        var file = Safetensors.Read(checkpoint);
        var metadata = new Dictionary<string, string>(file.Metadata);
        change(metadata);
        return Safetensors.Write(file.Tensors, metadata);
    }

    private static byte[] Without(byte[] checkpoint, string tensor)
    {
        var file = Safetensors.Read(checkpoint);
        return Safetensors.Write(file.Tensors.Where(t => t.Name != tensor), file.Metadata);
    }

    private static Hyperparameters Kind(string encoder, Pairing pairing, string loss) => (SomeTrials.Short with
    {
        Encoder = encoder,
        Pairing = pairing,
        Epochs = Epochs,
        Pairs = pairing is Pairing.Listed ? 60 : null,
        BatchSize = pairing is Pairing.Listed ? 60 / Batches : 40,
        Steps = pairing is Pairing.Listed ? null : Batches,
    }).With(loss);

    /// <summary>One trial that is resumed from checkpoint to checkpoint.</summary>
    private sealed class Interrupted(Hyperparameters hyperparameters)
    {
        public TrialSpec Spec { get; } = SomeTrials.Spec(hyperparameters);

        public List<EpochReport> Reports { get; } = [];

        public TrainingSnapshot Last { get; private set; } = null!;

        public byte[] Until(byte[]? from, Func<int, bool, bool> isThere)
        {
            using var checkpoints = new CheckpointsAt(isThere);
            try
            {
                Trainer().Train(Reports.Add, from, checkpoints, checkpoints.Taken);
                // After the last batch there is nothing left to cancel; a process that dies there would not have reported the end.
                Reports.RemoveAt(Reports.Count - 1);
            }
            catch (OperationCanceledException)
            {
                // Stopped where the checkpoint was taken.
            }

            Last = checkpoints.Snapshot!;
            return Last.Write();
        }

        public TrainingOutcome ToTheEnd(byte[] from) => Trainer().Train(Reports.Add, from, checkpoints: null, CancellationToken.None);

        private Trainer Trainer() => new(Spec, SomeTrials.Digits, TimeProvider.System);
    }

    private sealed class EverywhereIn(List<(TrainingSnapshot, byte[])> taken) : ICheckpoints
    {
        public bool AreDue(bool endsEpoch) => true;

        public void Take(TrainingSnapshot snapshot) => taken.Add((snapshot, snapshot.Write()));
    }
}
