using System.Runtime.InteropServices;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Networks.Layers;
using TorchSharp;

namespace Siamese.Model.Tests.Networks.Layers;

public sealed class StandardizationTests
{
    [Fact]
    public void Each_number_gets_the_mean_0_and_the_deviation_1_of_the_vectors_it_was_fitted_to()
    {
        using var scope = torch.NewDisposeScope();
        // The last number is always the same; rounding must not be taken for a deviation.
        float[] values = [1, 1000, 0.1f, 3, 3000, 0.1f, 5, 5000, 0.1f];
        using var layer = new Standardization(3);

        layer.Fit(new ImageSet(new VectorShape(3), MemoryMarshal.AsBytes<float>(values).ToArray(), [0, 0, 0]));

        var deviation = (float)Math.Sqrt(1.5);
        Assert.All(
            new[] { -deviation, -deviation, 0, 0, 0, 0, deviation, deviation, 0 }.Zip(layer.forward(torch.tensor(values, [3, 3])).Floats()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(["mean", "scale"], layer.state_dict().Keys.Order());
    }
}
