using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Networks;
using Siamese.Model.Tests.Networks;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

/// <summary>Trials that start from the weights of another one, with the first stages of their encoder frozen or not.</summary>
public sealed class WarmStartTests
{
    private const double NoStep = 1e-30;

    private static readonly string _hash = new('a', 64);

    public static TheoryData<string> Encoder => [.. SomeEncoders.All.Keys];

    /// <summary>Encoders that have stages, and of which a trial takes a moment.</summary>
    public static TheoryData<string> Quick => ["conv", "article", "residual", "drlim", "tdnn", "strokes", "mlp, two hidden layers", "conv, pseudo-siamese"];

    [Theory, MemberData(nameof(Encoder))]
    public void An_encoder_has_the_stages_that_its_kind_counts_and_keeps_its_last_layer(string name)
    {
        var hyperparameters = SomeEncoders.All[name];
        using var encoder = SomeEncoders.Create(name, 8);
        Assert.Equal(Encoders.Get(hyperparameters.Encoder).Stages(hyperparameters), encoder.Stages.Count);

        var trained = FrozenStages.Freeze(encoder, encoder.Stages.Count);

        Assert.NotEmpty(trained);
        Assert.Equal(
            encoder.parameters().Count(),
            trained.Count + encoder.Stages.SelectMany(stage => stage).SelectMany(module => module.parameters()).Count());
    }

    [Theory, MemberData(nameof(Quick))]
    public void A_trial_starts_with_the_weights_of_its_donor(string name)
    {
        var (donor, data) = Donor(name);
        // Steps that are too small to be seen. The statistics of batch normalisation would change, so all stages are frozen.
        var warm = Warm(donor.Hyperparameters, Stages(donor.Hyperparameters)) with { LearningRate = NoStep };

        var outcome = Train(warm, data, donor.Weights);

        Assert.Equal(Bits(donor.Weights), Bits(outcome.Weights!));
    }

    [Theory, MemberData(nameof(Quick))]
    public void Frozen_stages_keep_their_weights_and_statistics_and_the_others_change(string name)
    {
        var (donor, data) = Donor(name);
        using var encoder = Encoders.Create(donor.Hyperparameters);
        HashSet<string> frozen = [.. Names(encoder, encoder.Stages[0])];
        Assert.NotEmpty(frozen);

        var outcome = Train(
            Warm(donor.Hyperparameters, 1) with { Optimizer = Optimizer.Adamw, WeightDecay = 0.1, Epochs = 3, AverageFrom = 0.3 }, data, donor.Weights);

        var (before, after) = (Bits(donor.Weights), Bits(outcome.Weights!));
        // No step changes the scale of vectors.
        Assert.All(before.Keys.Where(tensor => !tensor.Contains("standardize", StringComparison.Ordinal)), tensor => Assert.True(frozen.Contains(tensor) == (before[tensor] == after[tensor]), tensor));
    }

    [Fact]
    public void Without_freezing_every_stage_learns()
    {
        var (donor, data) = Donor("conv");
        var outcome = Train(Warm(donor.Hyperparameters, 0), data, donor.Weights);

        var (before, after) = (Bits(donor.Weights), Bits(outcome.Weights!));
        Assert.All(before.Keys, tensor => Assert.NotEqual(before[tensor], after[tensor]));
    }

    [Fact]
    public void Vectors_keep_the_scale_that_the_donor_learned_with()
    {
        var (donor, data) = Donor("mlp");
        var half = data with { Training = new(data.Training.Images.Select([.. Enumerable.Range(0, 60)])) };

        var outcome = Train(Warm(donor.Hyperparameters, 0), half, donor.Weights);

        Assert.Equal(Bits(donor.Weights)["standardize.mean"], Bits(outcome.Weights!)["standardize.mean"]);
    }

    [Theory, InlineData(0), InlineData(2)]
    public void A_checkpoint_resumes_without_the_donor_and_ends_with_the_same_bits(int frozen)
    {
        var (donor, data) = Donor("conv");
        var warm = Warm(donor.Hyperparameters, frozen);
        var undisturbed = Train(warm, data, donor.Weights);

        using var checkpoints = new CheckpointsAt((batches, ends) => batches == 2 && !ends);
        Assert.Throws<OperationCanceledException>(() =>
            new Trainer(SomeTrials.Spec(warm), data, TimeProvider.System, donor.Weights).Train(_ => { }, from: null, checkpoints, checkpoints.Taken));
        var resumed = new Trainer(SomeTrials.Spec(warm), data, TimeProvider.System).Train(_ => { }, checkpoints.Snapshot!.Write(), checkpoints: null, CancellationToken.None);

        Assert.Equal(Bits(undisturbed.Weights!), Bits(resumed.Weights!));
    }

    [Fact]
    public void A_trial_without_the_weights_that_it_starts_from_is_not_trained()
    {
        var warm = Warm(SomeTrials.Short with { InputSize = 28 }, 0);
        Assert.Throws<InvalidOperationException>(() => Train(warm, SomeTrials.Digits, donor: null));
    }

    [Fact]
    public void Weights_of_another_encoder_are_refused()
    {
        var (donor, data) = Donor("conv");
        var problem = Assert.Throws<InvalidDataException>(() => Train(Warm(donor.Hyperparameters with { EmbeddingSize = 9 }, 0), data, donor.Weights));
        Assert.Contains("`fc.weight` has the shape [8, 3136], not [9, 3136]", problem.Message, StringComparison.Ordinal);
    }

    private static ((Hyperparameters Hyperparameters, byte[] Weights) Donor, DataSet Data) Donor(string name)
    {
        var some = SomeEncoders.All[name];
        var hyperparameters = SomeTrials.With(Encoders.Get(some.Encoder)) with { HiddenLayers = some.HiddenLayers, HiddenSize = some.HiddenSize, Network = some.Network };
        var data = SomeTrials.Of(Encoders.InputOf(hyperparameters));
        return ((hyperparameters, SomeTrials.Train(hyperparameters with { Epochs = 1 }, data).Weights!), data);
    }

    private static Hyperparameters Warm(Hyperparameters donor, int freeze) => donor with { From = _hash, Freeze = freeze };

    private static int Stages(Hyperparameters hyperparameters) => Encoders.Get(hyperparameters.Encoder).Stages(hyperparameters);

    private static TrainingOutcome Train(Hyperparameters hyperparameters, DataSet data, byte[]? donor) =>
        new Trainer(SomeTrials.Spec(hyperparameters), data, TimeProvider.System, donor).Train(_ => { }, from: null, checkpoints: null, CancellationToken.None);

    private static IEnumerable<string> Names(Encoder encoder, torch.nn.Module[] modules)
    {
        var kept = modules.SelectMany(module => module.state_dict().Values).Select(tensor => tensor.Handle).ToHashSet();
        return encoder.state_dict().Where(entry => kept.Contains(entry.Value.Handle)).Select(entry => entry.Key);
    }

    private static Dictionary<string, string> Bits(byte[] weights) => Safetensors.Read(weights).Tensors.ToDictionary(
        tensor => tensor.Name, tensor => tensor.IsInteger ? string.Join(',', tensor.Integers) : string.Join(',', tensor.Values.Select(BitConverter.SingleToInt32Bits)));
}
