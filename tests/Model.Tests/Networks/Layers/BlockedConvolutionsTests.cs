using Siamese.Model.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Siamese.Model.Tests.Networks.Layers;

public sealed class BlockedConvolutionsTests
{
    [Theory]
    [InlineData(34, 64)]
    [InlineData(45, 250)]
    [InlineData(9, 12)]
    [InlineData(32, 64)]
    public void Zeros_in_further_channels_change_nothing(int inside, int outside)
    {
        using var scope = NewDisposeScope();
        var convolution = nn.Conv2d(inside, outside, 3);
        var input = rand([4, inside, 7, 7], generator: SomeTensors.Generator(1)).requires_grad_(true);
        // In double precision, for which the library has other code.
        var (exactInput, exactWeight) = (input.detach().to(float64).requires_grad_(true), convolution.weight!.detach().to(float64).requires_grad_(true));
        var expected = nn.functional.conv2d(exactInput, exactWeight, convolution.bias!.detach().to(float64));
        expected.pow(2L.ToScalar()).sum().backward();

        var output = convolution.Blocked(input);
        output.pow(2L.ToScalar()).sum().backward();

        Assert.Equal(expected.shape, output.shape);
        Close(expected, output);
        Close(exactInput.grad!, input.grad!);
        Close(exactWeight.grad!, convolution.weight.grad!);
    }

    /// <summary>The library's own convolution fails here on some machines.</summary>
    [Fact]
    public void What_was_in_memory_before_is_not_read()
    {
        using var scope = NewDisposeScope();
        var convolution = nn.Conv1d(34, 64, 7, stride: 2, padding: 3, bias: false);
        var input = rand([24, 34, 128], generator: SomeTensors.Generator(1));
        for (var i = 0; i < 50; i++)
        {
            // Freed at once, so that the next tensors of about these sizes are in the same places.
            foreach (var size in (long[])[5_000, 20_000, 100_000, 400_000, 1_000_000, 2_000_000, 4_000_000])
                full([size], float.NaN).Dispose();
            Assert.True(convolution.Blocked(input, stride: 2, padding: 3).isfinite().all().item<bool>(), $"Attempt {i}.");
        }
    }

    private static void Close(Tensor expected, Tensor actual) =>
        Assert.InRange((expected - actual.to(float64)).abs().max().item<double>(), 0, 1e-4 * expected.abs().max().item<double>());
}
