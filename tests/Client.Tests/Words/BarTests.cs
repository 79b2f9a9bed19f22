using Siamese.Client.Words;

namespace Siamese.Client.Tests.Words;

public sealed class BarTests
{
    [Theory]
    [InlineData(0, "──────────")]
    [InlineData(0.55, "━━━━━─────")]
    [InlineData(0.99, "━━━━━━━━━─")]
    [InlineData(1, "━━━━━━━━━━")]
    [InlineData(1.5, "━━━━━━━━━━")]
    [InlineData(-1, "──────────")]
    [InlineData(double.NaN, "──────────")]
    public void A_bar_is_full_only_at_the_end(double share, string bar)
    {
        var (done, rest) = Bar.Of(share, 10, isUnicode: true);

        Assert.Equal(bar, done + rest);
    }

    [Theory]
    [InlineData("", new double[0])]
    [InlineData("▁", new[] { 0.3 })]
    [InlineData("▁▁▁", new[] { 0.3, 0.3, 0.3 })]
    [InlineData("█▅▁", new[] { 0.9, 0.5, 0.1 })]
    [InlineData("▁▃▅█", new[] { 9.0, 0, 1, 2, 3.5 })]
    public void A_sparkline_has_the_last_values_between_the_smallest_and_the_largest(string line, double[] values) =>
        Assert.Equal(line, Bar.Sparkline(values, 4));
}
