using Siamese.Contracts.Wording;

namespace Siamese.Client.Tests.Wording;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.0231, "2.31 %")]
    [InlineData(1.0, "100.00 %")]
    [InlineData(double.NaN, "-")]
    [InlineData(null, "-")]
    public void A_share_is_a_percentage(double? share, string text) => Assert.Equal(text, Figures.Percent(share));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(4.26, "4.3 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(95, "1 min 35 s")]
    [InlineData(7260, "2 h 1 min")]
    public void A_duration_has_at_most_two_units(double seconds, string text) => Assert.Equal(text, Figures.Duration(seconds));

    [Theory]
    [InlineData("epoch 7/20", 20, "epoch 7/20")]
    [InlineData("epoch 7/20", 6, "epoch…")]
    [InlineData("epoch 7/20", 0, "")]
    public void A_line_is_cut_to_the_width(string line, int width, string text) => Assert.Equal(text, Figures.Crop(line, width));
}
