using Siamese.Model.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

public sealed class ConvEncoderTests
{
    [Fact]
    public void Its_weights_carry_PyTorchs_names_and_shapes()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ConvEncoder(32);
        string[] Norm(string name) =>
            [$"{name}.weight", $"{name}.bias", $"{name}.running_mean", $"{name}.running_var", $"{name}.num_batches_tracked"];

        var state = encoder.state_dict();
        Assert.Equal(
            new[] { "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "conv3.weight", "conv3.bias", "fc.weight", "fc.bias" }
                .Concat(Norm("bn1")).Concat(Norm("bn2")).Concat(Norm("bn3")).Order(),
            state.Keys.Order());
        Assert.Equal([32, 1, 5, 5], state["conv1.weight"].shape);
        Assert.Equal([64, 32, 3, 3], state["conv2.weight"].shape);
        Assert.Equal([64, 64, 3, 3], state["conv3.weight"].shape);
        Assert.Equal([32, 3136], state["fc.weight"].shape);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void Any_number_of_images_trains_and_embeds_even_one(int images)
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ConvEncoder(6);
        using var generator = SomeTensors.Generator(1);
        encoder.Initialize(generator);
        Assert.Equal([images, 6], encoder.forward(SomeTensors.Images(images)).shape);
        encoder.eval();
        Assert.All(encoder.forward(SomeTensors.Images(images)).Floats(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        // In place after the batch norm, disposed masks: whatever autograd still needs must be there, and right.
        using var scope = torch.NewDisposeScope();
        using var encoder = new ConvEncoder(3);
        using var generator = SomeTensors.Generator(5);
        encoder.Initialize(generator);
        var images = SomeTensors.Images(6);
        var weights = encoder.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Loss().backward();

        foreach (var name in new[] { "fc.bias", "bn3.weight", "bn1.bias", "conv1.weight" })
        {
            var gradient = weights[name].grad!.Floats();
            var largest = Array.IndexOf(gradient, gradient.MaxBy(Math.Abs));
            Assert.Equal(gradient[largest], Slope(weights[name], largest), Math.Abs(gradient[largest]) * 0.03);
        }

        torch.Tensor Loss()
        {
            generator.manual_seed(9); // The same dropout every time.
            return encoder.forward(images).square().mean();
        }

        double Slope(torch.Tensor weight, int place)
        {
            using var noGradient = torch.no_grad();
            var flat = weight.view(-1);
            double At(float step)
            {
                flat[place] += step;
                var loss = Loss().item<float>();
                flat[place] -= step;
                return loss;
            }

            return (At(1e-3f) - At(-1e-3f)) / 2e-3;
        }
    }
}
