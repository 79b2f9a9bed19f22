using Siamese.Contracts.Recalibrating;
using Siamese.Plots.Ensembles;

namespace Siamese.Client.Tests.Plots;

public sealed class ProbabilityCurveTests
{
    /// <summary>The figures of Platt's formula with A = 5 and B = -5.</summary>
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(0, 0.9933071490757153)]
    [InlineData(2, 0.0066928509242848554)]
    public void The_probability_falls_with_the_distance(double distance, double probability) =>
        Assert.Equal(probability, ProbabilityCurve.Probability(Some.Ensemble(), distance), 12);

    [Fact]
    public void An_isotonic_curve_takes_the_place_of_the_sigmoid() =>
        Assert.Equal(0.5, ProbabilityCurve.Probability(Some.Ensemble() with { Isotonic = new([0, 2], [0.9, 0.1]) }, 1), 12);

    [Fact]
    public void Feedback_corrects_the_probability() =>
        Assert.Equal(1 / (1 + Math.Exp(-1)), ProbabilityCurve.Probability(Some.Ensemble() with { Recalibration = new Recalibration(2, 1, 10, 10, 0, 0) }, 1), 12);
}
