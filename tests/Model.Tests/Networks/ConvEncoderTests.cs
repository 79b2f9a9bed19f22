using Siamese.Model.Checkpoints;
using Siamese.Model.Data.Images;
using Siamese.Model.Networks;
using Siamese.Model.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Tests.Networks;

public sealed class ConvEncoderTests
{
    [Fact]
    public void Its_weights_have_PyTorchs_names_and_shapes()
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ConvEncoder(ImageShape.Digits, 32);
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
    public void Any_number_of_images_can_be_trained_on_and_embedded_even_one(int images)
    {
        using var scope = torch.NewDisposeScope();
        using var encoder = new ConvEncoder(ImageShape.Digits, 6);
        using var generator = SomeTensors.Generator(1);
        encoder.Initialize(generator);
        Assert.Equal([images, 6], encoder.forward(SomeTensors.Images(images)).shape);
        encoder.eval();
        Assert.All(encoder.forward(SomeTensors.Images(images)).Floats(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void It_trains_like_the_librarys_own_modules()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = SomeTensors.Generator(3);
        using var encoder = new ConvEncoder(ImageShape.Digits, 8);
        encoder.Initialize(generator);
        using var plain = Plain(embeddingSize: 8, generator);
        ModuleWeights.Load(plain, ModuleWeights.Save(encoder));
        var images = SomeTensors.Images(24);

        Same("output", Trained(plain), Trained(encoder));
        var expected = plain.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad!);
        foreach (var (name, weight) in encoder.named_parameters())
        {
            // A shift of a batch norm's input makes no difference: the true gradient is 0, and both gradients are rounding errors.
            var scale = name.StartsWith("conv", StringComparison.Ordinal) ? name.Replace("bias", "weight", StringComparison.Ordinal) : name;
            Same(name, expected[name], weight.grad!, expected[scale]);
        }

        var statistics = plain.named_buffers().ToDictionary(entry => entry.name, entry => entry.buffer);
        foreach (var (name, buffer) in encoder.named_buffers())
            Same(name, statistics[name], buffer);

        torch.Tensor Trained(Module<torch.Tensor, torch.Tensor> network)
        {
            generator.manual_seed(9); // The same dropout.
            var output = network.forward(images);
            output.square().mean().backward();
            return output;
        }
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        // After in-place operations and disposed masks, everything that autograd still needs must be there and be right.
        using var scope = torch.NewDisposeScope();
        using var encoder = new ConvEncoder(ImageShape.Digits, 3);
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

    /// <summary>Equal to within 1e-5 of the largest value of the scale tensor, which by default is the expected one.</summary>
    private static void Same(string name, torch.Tensor expected, torch.Tensor actual, torch.Tensor? scale = null)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected - actual).abs().max().to(torch.float64).item<double>();
        var largest = (scale ?? expected).abs().max().to(torch.float64).item<double>();
        Assert.True(difference <= 1e-5 * largest, $"{name}: {difference} of {largest}");
    }

    /// <summary>The encoder in the library's modules, with channels-first maps in memory and the names that its weights are stored under.</summary>
    private static Sequential Plain(int embeddingSize, torch.Generator generator) => Sequential(
        ("conv1", Conv2d(1, 32, 5, stride: 2, padding: 2)),
        ("bn1", BatchNorm2d(32)),
        ("relu1", ReLU()),
        ("conv2", Conv2d(32, 64, 3, stride: 2, padding: 1)),
        ("bn2", BatchNorm2d(64)),
        ("relu2", ReLU()),
        ("conv3", Conv2d(64, 64, 3, padding: 1)),
        ("bn3", BatchNorm2d(64)),
        ("relu3", ReLU()),
        ("flatten", Flatten()),
        ("dropout", new SeededDropout(0.3) { Generator = generator }),
        ("fc", Linear(64 * 7 * 7, embeddingSize)));
}
