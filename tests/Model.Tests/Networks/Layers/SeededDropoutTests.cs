using Siamese.Model.Networks.Layers;
using TorchSharp;

namespace Siamese.Model.Tests.Networks.Layers;

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
    public void Whole_channels_are_dropped_together_and_differ_from_image_to_image()
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
    public void With_an_odd_number_of_features_the_last_is_drawn_like_the_others()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = SomeTensors.Generator(5);
        using var dropout = new SeededDropout(0.5) { Generator = generator };
        float[] Kept(int features) => dropout.forward(torch.ones(features)).Floats();

        Assert.Equal(0.5, Enumerable.Range(0, 2000).Count(_ => Kept(3)[2] == 0) / 2000.0, 0.045); // Four standard deviations.
        generator.manual_seed(6);
        var odd = Kept(7);
        generator.manual_seed(6);
        Assert.Equal(odd, Kept(8)[..7]);
    }

    [Theory, InlineData(0.3), InlineData(0.5)]
    public void Features_are_dropped_independently_of_each_other_and_of_the_previous_draw(double probability)
    {
        const int Features = 100_000;
        using var scope = torch.NewDisposeScope();
        using var generator = SomeTensors.Generator(7);
        using var dropout = new SeededDropout(probability) { Generator = generator };
        var draw = Draw();
        var (even, odd) = (Every(2, from: 0), Every(2, from: 1));

        Uncorrelated(even, odd); // The halves of one number.
        Uncorrelated(odd[..^1], even[1..]); // Neighbouring halves of two numbers.
        Uncorrelated(even[..^1], even[1..]);
        Uncorrelated(draw[..(Features / 2)], draw[(Features / 2)..]);
        Uncorrelated(draw, Draw());

        float[] Draw() => dropout.forward(torch.ones(Features)).Floats();

        float[] Every(int step, int from) => [.. Enumerable.Range(0, Features / step).Select(i => draw[(i * step) + from])];
    }

    [Fact]
    public void Evaluation_drops_nothing()
    {
        using var scope = torch.NewDisposeScope();
        using var dropout = new SeededDropout(0.5);
        dropout.eval();
        var input = SomeTensors.Images(2);
        Assert.Equal(input.Floats(), dropout.forward(input).Floats());
    }

    [Fact]
    public void The_same_generator_state_gives_the_same_mask()
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
    public void Dropped_features_get_no_gradient_and_the_rest_is_scaled()
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

    /// <summary>The correlation of independent series has a standard deviation of 1/√n.</summary>
    private static void Uncorrelated(float[] some, float[] others)
    {
        var (mean, otherMean) = (some.Average(), others.Average());
        var covariance = some.Zip(others).Average(pair => (pair.First - mean) * (pair.Second - otherMean));
        var variances = some.Average(value => Square(value - mean)) * others.Average(value => Square(value - otherMean));
        Assert.Equal(0, covariance / Math.Sqrt(variances), 4 / Math.Sqrt(some.Length));

        static double Square(double value) => value * value;
    }
}
