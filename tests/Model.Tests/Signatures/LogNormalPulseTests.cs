using Siamese.Testing.Signatures;

namespace Siamese.Model.Tests.Signatures;

public sealed class LogNormalPulseTests
{
    [Theory]
    [InlineData(0, 10, -1.6, 0.25)]
    [InlineData(0.4, 3, -2.2, 0.4)]
    [InlineData(1, 45, -1.2, 0.15)]
    public void The_speed_integrates_to_the_distance_covered(double onset, double amplitude, double delay, double response)
    {
        const double Step = 1e-4;
        var pulse = new LogNormalPulse(onset, amplitude, delay, response);
        var (covered, time) = (0.0, 0.0);
        for (; time < onset + 3; time += Step)
        {
            Assert.Equal(covered, amplitude * pulse.Share(time), 0.01 * amplitude);
            covered += Step * pulse.Speed(time + (Step / 2));
        }

        Assert.Equal(amplitude, covered, 0.01 * amplitude);
    }

    [Fact]
    public void Half_the_distance_is_covered_at_the_median()
    {
        var pulse = new LogNormalPulse(0.2, 10, Math.Log(0.15), 0.3);

        Assert.Equal(0.35, pulse.At(0), 1e-12);
        Assert.Equal(0.5, pulse.Share(0.35), 1e-6);
        Assert.Equal(0.841345, pulse.Share(pulse.At(1)), 1e-6);
        Assert.Equal(0, pulse.Speed(0.2));
    }
}
