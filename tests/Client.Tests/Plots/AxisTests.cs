using Siamese.Plots.Drawing;

namespace Siamese.Client.Tests.Plots;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0.7, 3.2, "1 1.5 2 2.5 3")]
    [InlineData(-30, 30, "-30 -20 -10 0 10 20 30")]
    [InlineData(1200, 99000, "20000 40000 60000 80000")]
    public void A_linear_axis_marks_round_values(double low, double high, string marked) =>
        Assert.Equal(marked, string.Join(' ', Axis.Linear("", low, high).Ticks.Select(tick => tick.Text)));

    [Fact]
    public void An_axis_of_whole_numbers_marks_no_fractions() =>
        Assert.Equal("1 2 3", string.Join(' ', Axis.Linear("", 1, 3, isWhole: true).Ticks.Select(tick => tick.Text)));

    [Theory]
    [InlineData(0.9, 110, "1 2 5 10 20 50 100")]
    [InlineData(0.0001, 10, "0.0001 0.001 0.01 0.1 1 10")]
    [InlineData(2.5, 4.5, "2.5 3 3.5 4 4.5")]
    public void A_logarithmic_axis_marks_powers_of_ten(double low, double high, string marked) =>
        Assert.Equal(marked, string.Join(' ', Axis.Log("", low, high).Ticks.Select(tick => tick.Text)));

    [Fact]
    public void Equal_ratios_have_equal_lengths_on_a_logarithmic_axis()
    {
        var axis = Axis.Log("", 1, 100);

        Assert.Equal((0.0, 0.5, 1.0), (axis.Place(1), axis.Place(10), axis.Place(100)));
        Assert.Equal((0.0, 1.0), (axis.Place(0), axis.Place(1000)));
    }

    [Fact]
    public void Values_over_a_large_range_get_a_logarithmic_axis_if_all_are_positive()
    {
        Assert.True(Axis.Around("", [0.001, 0.1]).IsLog);
        Assert.False(Axis.Around("", [0.5, 1]).IsLog);
        Assert.False(Axis.Around("", [0, 1000]).IsLog);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(5.0)]
    [InlineData(-5.0)]
    public void A_single_value_lies_within_its_axis(double value)
    {
        var axis = Axis.Around("", [value]);

        Assert.InRange(axis.Place(value), 0, 1);
        Assert.True(axis.Low < axis.High && axis.Ticks.Count > 1);
    }

    [Fact]
    public void Words_are_equally_far_apart()
    {
        var axis = Axis.Words("", ["a", "b"]);

        Assert.Equal((0.25, 0.75), (axis.Place(0), axis.Place(1)));
    }
}
