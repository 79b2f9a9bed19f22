using Siamese.Model.Data.Strokes;
using Siamese.Model.Networks;
using static TorchSharp.torch;

namespace Siamese.Model.Tests.Networks;

public sealed class PenMotionTests
{
    [Fact]
    public void A_circle_at_even_speed_has_one_speed_one_turn_and_only_centripetal_acceleration()
    {
        using var scope = NewDisposeScope();
        const int Points = 101;
        var time = linspace(0, 1, Points);
        var angle = time * 2 * Math.PI;
        var pen = new PenMotion(stack([angle.cos() * 0.5, angle.sin() * 0.5, time, ones(Points), ones(Points)], 1).unsqueeze(0));

        // Once around a circle of radius 1/2 in one duration: speed π, and v²/r = 2π² towards its centre.
        foreach (var at in new[] { 10, 50, 90 })
        {
            Assert.Equal(Math.PI, pen.Speed[0, at].item<float>(), 0.01);
            Assert.Equal(Math.Cos(4 * Math.PI / (Points - 1)), pen.TurnCosine[0, at].item<float>(), 1e-3);
            Assert.Equal(2 * Math.PI * Math.PI, pen.CentripetalAcceleration[0, at].item<float>(), 0.1);
            Assert.Equal(0, pen.TangentialAcceleration[0, at].item<float>(), 0.1);
        }

        Assert.Equal(1, pen.DirectionY[0, 100].item<float>(), 0.01);
        Assert.Equal(0, pen.DirectionX[0, 50].item<float>(), 0.01);
        Assert.Equal(-1, pen.DirectionY[0, 50].item<float>(), 0.01);
    }

    [Fact]
    public void The_eight_features_do_not_depend_on_the_size_or_a_steady_drift()
    {
        using var scope = NewDisposeScope();
        var strokes = SomeTensors.Strokes(3, StrokeShape.Usual);
        var features = BromleyFeatures.Of(strokes);
        Assert.Equal([3, 8, 200], features.shape);
        Assert.True(features.abs().max().item<float>() <= 10);

        var (place, rest) = (strokes.narrow(2, 0, 2), strokes.narrow(2, 2, 3));
        var twice = BromleyFeatures.Of(cat([place * 2, rest], 2));
        Assert.True((twice - features).abs().max().item<float>() < 1e-3);

        var drifting = BromleyFeatures.Of(cat([place + (rest.narrow(2, 0, 1) * 0.3) + 0.1, rest], 2));
        Assert.True((drifting - features).narrow(1, 1, 2).abs().max().item<float>() < 1e-3, "x and y are differences from a line.");
    }

    [Fact]
    public void A_pen_at_rest_has_finite_features()
    {
        using var scope = NewDisposeScope();
        var still = zeros(1, 200, StrokeShape.Channels);
        Assert.All(BromleyFeatures.Of(still).Floats(), value => Assert.True(float.IsFinite(value)));
    }
}
