using Siamese.Client.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Tests.CommandLine;

/// <summary>A logarithmic range that 0 belongs to, such as `0,log:1e-6..1e-2`.</summary>
public sealed class ZeroWithLogRangeTests
{
    private static readonly Hyperparameter _decay = Hyperparameter.Named("weight-decay");

    [Fact]
    public void It_is_read_and_written_as_a_user_writes_it()
    {
        var range = CommaList.Dimension(_decay, "0,log:1e-6..1e-2").Range!;
        Assert.Equal(new NumberRange(1e-6, 1e-2, IsLog: true) { WithZero = true }, range);
        Assert.Equal("0,log:1E-06..0.01", range.ToString());
        Assert.Equal(range, CommaList.Dimension(_decay, range.ToString()).Range);
    }

    [Fact]
    public void One_draw_in_five_is_zero_and_places_lead_back_to_numbers()
    {
        var range = CommaList.Dimension(_decay, "0, log:1e-6..1e-2").Range!;
        var drawn = Enumerable.Range(0, 1000).Select(i => range.At((i + 0.5) / 1000)).ToArray();
        Assert.Equal(200, drawn.Count(number => number == 0));
        Assert.All(drawn.Where(number => number > 0), number => Assert.InRange(number, 1e-6, 1e-2));
        Assert.All(drawn, number => Assert.Equal(number, range.At(range.ShareOf(number)), 1e-12));
    }

    [Theory]
    [InlineData("weight-decay", "0,1e-6..1e-2", "not logarithmic")]
    [InlineData("weight-decay", "log:0..1e-2", "write 0,log:1E-05..0.01")]
    [InlineData("margin", "0,log:1..5", "0 is not")]
    public void Zero_that_does_not_belong_is_refused(string name, string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<BadInputException>(() => CommaList.Dimension(Hyperparameter.Named(name), text)).Message, StringComparison.Ordinal);
}
