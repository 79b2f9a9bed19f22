using System.Collections.Immutable;
using Bunit;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Ensembles;

namespace Siamese.Web.Tests.Components;

public sealed class RateReaderTests : BunitContext
{
    /// <summary>From strict to lenient: the fewer different pairs are accepted, the more same pairs are rejected.</summary>
    private static readonly ImmutableArray<CurvePoint> _curve = [new(0, 0, 1), new(1, 0, 0.25), new(2, 0.5, 0.125), new(3, 1, 0)];

    [Theory]
    [InlineData(true, 0, "1.000", "0", "25")]
    [InlineData(true, 50, "2.000", "50", "12.5")]
    [InlineData(true, 100, "3.000", "100", "0")]
    [InlineData(false, 20, "2.000", "50", "12.5")]
    [InlineData(false, 0, "3.000", "100", "0")]
    public void A_limit_of_one_rate_reads_off_the_threshold_and_the_other_rate(bool isFar, double percent, string threshold, string far, string frr)
    {
        var reader = Reader(new RateLimit(isFar, percent), _curve);

        Assert.Equal([threshold, far, frr], reader.FindAll("output").Select(output => output.TextContent));
        Assert.Equal(isFar ? "far" : "frr", Assert.Single(reader.FindAll("option[selected]")).GetAttribute("value"));
    }

    [Fact]
    public void The_slider_has_a_place_for_each_point_and_the_script_their_values()
    {
        var reader = Reader(new RateLimit(true, 50), _curve);

        Assert.Equal(("0", "3", "2"), Slider(reader));
        Assert.Equal("0,0,100 1,0,25 2,50,12.5 3,100,0", reader.Find("form").GetAttribute("data-rates"));
    }

    [Fact]
    public void A_long_curve_is_thinned_but_keeps_its_ends()
    {
        var reader = Reader(new RateLimit(true, 100), [.. Enumerable.Range(0, 1000).Select(place => new CurvePoint(place, place / 999.0, 1 - (place / 999.0)))]);

        var points = reader.Find("form").GetAttribute("data-rates")!.Split(' ');
        Assert.InRange(points.Length, 200, 301);
        Assert.Equal(("0,0,100", "999,100,0"), (points[0], points[^1]));
        Assert.Equal(("0", $"{points.Length - 1}", $"{points.Length - 1}"), Slider(reader));
    }

    [Fact]
    public void Only_an_older_version_keeps_its_number()
    {
        Assert.Empty(Reader(new RateLimit(true, 1), _curve).FindAll("input[name=version]"));
        Assert.Equal("1", Reader(new RateLimit(true, 1), _curve, newest: 2).Find("input[name=version]").GetAttribute("value"));
    }

    private static (string?, string?, string?) Slider(IRenderedComponent<RateReader> reader) =>
        reader.Find("#rates-slider") is var slider ? (slider.GetAttribute("min"), slider.GetAttribute("max"), slider.GetAttribute("value")) : default;

    private IRenderedComponent<RateReader> Reader(RateLimit limit, ImmutableArray<CurvePoint> curve, int newest = 1)
    {
        var versions = Enumerable.Range(1, newest).Select(version => new EnsembleSummary(Ensemble(version), Test: null)).ToList();
        var (figures, estimate) = (default(PairFigures)!, default(Estimate)!);
        var pairs = new PairEvaluation { Same = 8, Different = 10, Images = 6, Ensemble = figures, CalibrationError = estimate, BestMember = figures, Difference = estimate, Curve = curve };
        return Render<RateReader>(parts => parts
            .Add(reader => reader.Model, new EnsembleModel(Some.Visitor(), versions[0], versions, null, [], null, limit, null, default)).Add(reader => reader.Pairs, pairs));
    }

    private static Ensemble Ensemble(int version) => new()
    {
        Name = "digits",
        Version = version,
        FormedAt = default,
        Members = [],
        Threshold = 1,
        PlattA = 1,
        PlattB = 0,
        Data = new DataSource(),
        Validation = new PairMetrics(10, 0.1, 1, 0.9, 0.9, 0, 0),
    };
}
