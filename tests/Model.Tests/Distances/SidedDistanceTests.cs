using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Distances;

public sealed class SidedDistanceTests
{
    // Two images, each embedded by both encoders at width 2.
    private static readonly float[] _a = [0, 0, 9, 9];
    private static readonly float[] _b = [8, 8, 3, 4];

    [Fact]
    public void The_first_image_uses_the_first_encoder_and_the_second_image_the_second()
    {
        using var scope = torch.NewDisposeScope();
        var distance = Distance.Of(new Hyperparameters { Network = NetworkKind.PseudoSiamese });
        var both = torch.tensor([.. _a, .. _b], [2, 4]);

        Assert.Equal(5, distance.Between(_a, _b)); // (0, 0) to (3, 4)
        Assert.Equal(5, distance.Between(both[..1], both[1..]).item<float>(), 1e-5);
        Assert.Equal(Math.Sqrt(2), distance.Between(_b, _a), 1e-5); // (8, 8) to (9, 9)
        Assert.Equal([Math.Sqrt(162), 5, Math.Sqrt(2), Math.Sqrt(41)], distance.Matrix(both).data<float>().ToArray().Select(d => (double)d), (x, y) => Math.Abs(x - y) < 1e-4);
        Assert.False(distance.IsSymmetric);
    }

    [Fact]
    public void Both_orders_of_a_pair_count_in_a_batch()
    {
        using var scope = torch.NewDisposeScope();
        var distance = new SidedDistance(new EuclideanDistance());
        var both = torch.tensor([.. _a, .. _b], [2, 4]);
        var loss = new ContrastiveLoss(distance, margin: 6, balance: 0.5);

        Assert.Equal(0.5 * (25 + 2) / 2, loss.OverBatch(both, torch.tensor(new long[] { 1, 1 })).item<float>(), 1e-4);
        Assert.Equal(0.5 * (1 + Math.Pow(6 - Math.Sqrt(2), 2)) / 2, loss.OverBatch(both, torch.tensor(new long[] { 1, 2 })).item<float>(), 1e-4);
    }

    [Fact]
    public void A_siamese_network_uses_the_plain_distance() =>
        Assert.IsType<EuclideanDistance>(Distance.Of(new Hyperparameters()));
}
