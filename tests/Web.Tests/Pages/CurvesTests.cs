using Siamese.Page.Plots;

namespace Siamese.Web.Tests.Pages;

public sealed class CurvesTests
{
    [Theory]
    [InlineData(0.5, false, new[] { 0, 0.1, 0.2, 0.3, 0.4, 0.5 })]
    [InlineData(0.031, false, new[] { 0, 0.01, 0.02, 0.03 })]
    [InlineData(3, true, new double[] { 0, 1, 2, 3 })]
    [InlineData(40, true, new double[] { 0, 10, 20, 30, 40 })]
    public void Ticks_are_round(double largest, bool isWhole, double[] ticks) =>
        Assert.Equal(ticks, new Axis(largest, 0, 1).Ticks(isWhole).Select(tick => Math.Round(tick, 6)));

    [Fact]
    public void A_curve_goes_from_the_first_epoch_to_its_last_one_and_leaves_out_what_is_not_a_number()
    {
        var curve = new Curve("a", "", [0.4, double.NaN, 0.1], IsRunning: false);
        var curves = new Curves([curve, new Curve("b", "", [double.PositiveInfinity, 0.2], IsRunning: true)]);

        var width = Curves.Width - Curves.Left - Curves.Right;
        Assert.Equal(Curves.Left + width, curves.X.At(3), 6);
        Assert.Equal(Curves.Top, curves.Y.At(0.4), 6);
        Assert.Equal($"{Curves.Coordinate(Curves.Left + width / 3.0)},{Curves.Top} {Curves.Width - Curves.Right},{Curves.Coordinate(curves.Y.At(0.1))}", curves.Points(curve));
    }

    [Fact]
    public void A_trial_no_better_than_chance_does_not_press_the_others_together() =>
        Assert.Equal(Curves.Top, new Curves([new Curve("a", "", [0.9, 0.1], IsRunning: false)]).Y.At(0.5), 6);
}
