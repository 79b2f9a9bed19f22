using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class SeededDropoutTests
{
    [Theory, InlineData(0.3), InlineData(0.5)]
    public void It_drops_the_stated_share_and_scales_up_the_rest(double probability)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = SomeTensors.Generator(1);
        using var dropout = new SeededDropout(probability) { Generator = generator };
        var kept = dropout.forward(torch.ones(200, 200)).Floats();
        Assert.Equal(probability, kept.Count(value => value == 0) / 40_000.0, 0.01); // Four standard deviations.
        Assert.All(kept.Where(value => value != 0), value => Assert.Equal(1 / (1 - probability), value, 1e-6));
    }

    [Fact]
    public void Whole_channels_fall_together_and_each_image_has_its_own()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = SomeTensors.Generator(2);
        using var dropout = new SeededDropout(0.5, wholeChannels: true) { Generator = generator };
        var kept = dropout.forward(torch.ones(2, 300, 3, 3)).Floats();
        var channels = kept.Chunk(9).Select(channel => Assert.Single(channel.Distinct())).ToArray();
        Assert.InRange(channels.Count(value => value == 0), 235, 365);
        Assert.NotEqual(channels[..300], channels[300..]);
    }

    [Fact]
    public void Evaluation_passes_everything_on()
    {
        using var scope = torch.NewDisposeScope();
        using var dropout = new SeededDropout(0.5);
        dropout.eval();
        var input = SomeTensors.Images(2);
        Assert.Equal(input.Floats(), dropout.forward(input).Floats());
    }

    [Fact]
    public void The_same_state_of_the_generator_gives_the_same_mask()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = SomeTensors.Generator(3);
        using var dropout = new SeededDropout(0.5) { Generator = generator };
        float[] Mask() => dropout.forward(torch.ones(100)).Floats();

        var first = Mask();
        Assert.NotEqual(first, Mask());
        generator.manual_seed(3);
        Assert.Equal(first, Mask());
    }

    [Fact]
    public void What_was_dropped_gets_no_gradient_and_the_rest_is_scaled()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = SomeTensors.Generator(4);
        using var dropout = new SeededDropout(0.5) { Generator = generator };
        var input = torch.ones([100], requires_grad: true);
        var output = dropout.forward(input);
        output.sum().backward();
        Assert.Equal(output.Floats(), input.grad!.Floats());
    }

    [Fact]
    public void Training_without_a_generator_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var dropout = new SeededDropout(0.5);
        var problem = Assert.Throws<InvalidOperationException>(() => dropout.forward(torch.ones(2)));
        Assert.Contains("Encoder.Initialize", problem.Message, StringComparison.Ordinal);
    }
}
