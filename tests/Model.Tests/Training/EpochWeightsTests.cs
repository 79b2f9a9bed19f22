using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Checkpoints;
using Siamese.Model.Networks;
using Siamese.Model.Tests.Networks;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

public sealed class EpochWeightsTests
{
    [Fact]
    public void Without_averaging_the_encoder_itself_is_returned()
    {
        using var encoder = Encoders.Create(new());
        using var weights = new EpochWeights(new(), encoder);
        Assert.Same(encoder, weights.After(20));
        Assert.Empty(weights.Copy());
    }

    [Fact]
    public void Weights_and_statistics_are_averaged_over_the_epochs_after_the_stated_share()
    {
        using var scope = torch.NewDisposeScope();
        var hyperparameters = new Hyperparameters { Epochs = 4, AverageFrom = 0.5 };
        using var encoder = Encoders.Create(hyperparameters);
        using var weights = new EpochWeights(hyperparameters, encoder);

        Assert.Same(encoder, Filled(1));
        Assert.Same(encoder, Filled(2));
        var mean = Filled(3);
        Assert.NotSame(encoder, mean);
        Assert.Equal(3, Single(mean, "fc.bias"));
        Assert.Same(mean, Filled(8));
        Assert.Equal(5.5, Single(mean, "fc.bias"), 1e-6);
        Assert.Equal(5.5, Single(mean, "bn1.running_var"), 1e-6);
        Assert.Equal(8, mean.state_dict()["bn1.num_batches_tracked"].item<long>());

        Encoder Filled(int with)
        {
            using var noGradient = torch.no_grad();
            foreach (var (_, tensor) in encoder.state_dict())
                tensor.fill_(with);
            return weights.After(with == 8 ? 4 : with);
        }
    }

    [Fact]
    public void Kept_weights_survive_a_checkpoint()
    {
        using var scope = torch.NewDisposeScope();
        var hyperparameters = new Hyperparameters { Epochs = 2, AverageFrom = 0, Keep = Keep.Best };
        using var encoder = Encoders.Create(hyperparameters);
        encoder.Initialize(SomeTensors.Generator(1));
        using var weights = new EpochWeights(hyperparameters, encoder);
        weights.Validated(weights.After(1), isBest: true);

        using var resumed = new EpochWeights(hyperparameters, encoder);
        var other = new NamedTensor("conv1.bias", [1], [1f]);
        Assert.Same(other, Assert.Single(resumed.Restore([.. weights.Copy(), other])));

        encoder.Initialize(SomeTensors.Generator(2));
        var (one, two) = (weights.After(2), resumed.After(2));
        Assert.Equal(ModuleWeights.Save(one), ModuleWeights.Save(two));
        weights.SetToBest(one);
        resumed.SetToBest(two);
        Assert.Equal(ModuleWeights.Save(one), ModuleWeights.Save(two));
    }

    private static double Single(Encoder encoder, string name) => Assert.Single(encoder.state_dict()[name].Floats().Distinct());
}
