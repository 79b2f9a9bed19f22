using Siamese.Contracts;
using Siamese.Contracts.Evaluations;
using Siamese.Page.Ensembles;

namespace Siamese.Web.Tests.Pages;

public sealed class RateLimitTests
{
    private static readonly CurvePoint[] _curve = [new(0.1f, 0, 1), new(0.5f, 0.01, 0.4), new(0.8f, 0.02, 0.1), new(1, 0.5, 0.1), new(2, 1, 0)];

    [Theory]
    [InlineData("far", 0, 0)]
    [InlineData("far", 1, 1)]
    [InlineData("far", 1.9, 1)]
    [InlineData("far", 2, 2)]
    [InlineData("far", 100, 4)]
    [InlineData("frr", 100, 0)]
    [InlineData("frr", 10, 2)]
    [InlineData("frr", 9, 4)]
    public void The_point_keeps_the_limit_and_has_the_lowest_rate_of_the_other_kind(string limit, double rate, int place) =>
        Assert.Equal(place, RateLimit.Of(limit, rate).PlaceOn(_curve));

    [Theory]
    [InlineData("eer", 1, "'limit': 'eer' is not far or frr.")]
    [InlineData("far", -1, "'rate': -1 is not from 0 to 100 per cent.")]
    [InlineData("frr", 100.5, "'rate': 100.5 is not from 0 to 100 per cent.")]
    [InlineData("frr", double.NaN, "'rate': NaN is not from 0 to 100 per cent.")]
    public void Another_limit_is_refused(string limit, double rate, string message) =>
        Assert.Equal(message, Assert.Throws<BadInputException>(() => RateLimit.Of(limit, rate)).Message);
}
