using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Ensembles;

namespace Siamese.Model.Tests.Ensembles;

public sealed class RecalibratedEnsembleTests
{
    private static readonly Ensemble _platt = new()
    {
        Name = "digits",
        Version = 2,
        FormedAt = DateTimeOffset.UnixEpoch,
        Members = [],
        Threshold = 1,
        PlattA = 4,
        PlattB = -3,
        Data = DataSource.MnistMini,
        Validation = new(10, 0.1, 1, 0.9, 0.9, 0.5, 0.1),
    };

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 2, 1.5)] // The log odds 3 - 4 d + 2 reach -1, the log odds at distance 1, at 1.5.
    [InlineData(0.5, 0, 1.25)] // (3 - 4 d) / 2 = -1 at 1.25.
    public void The_threshold_moves_so_that_its_probability_stays_the_same(double slope, double shift, double threshold)
    {
        var ensemble = RecalibratedEnsemble.Of(_platt, new(slope, shift, 10, 10, 0.5, 0.4), 3, DateTimeOffset.UnixEpoch.AddDays(1));

        Assert.Equal(threshold, ensemble.Threshold, 1e-9);
        Assert.Equal((3, DateTimeOffset.UnixEpoch.AddDays(1), 4, -3), (ensemble.Version, ensemble.FormedAt, ensemble.PlattA, ensemble.PlattB));
        Assert.Equal(EnsembleVerdict.Probability(_platt, 1), EnsembleVerdict.Probability(ensemble, threshold), 1e-9);
        Assert.Equal(1 / (1 + Math.Exp(-((slope * (3 - (4 * 0.7))) + shift))), EnsembleVerdict.Probability(ensemble, 0.7), 1e-12);
    }

    [Fact]
    public void A_correction_of_an_imported_corrected_ensemble_is_applied_on_top()
    {
        var brought = RecalibratedEnsemble.Of(_platt, new(0.5, 1, 10, 10, 0.5, 0.4), 1, default);
        var ensemble = RecalibratedEnsemble.Of(brought, new(0.8, -0.5, 12, 12, 0.5, 0.4), 2, default);

        var odds = (0.8 * ((0.5 * (3 - (4 * 0.7))) + 1)) - 0.5;
        Assert.Equal(1 / (1 + Math.Exp(-odds)), EnsembleVerdict.Probability(ensemble, 0.7), 1e-12);
        Assert.Equal(EnsembleVerdict.Probability(brought, brought.Threshold), EnsembleVerdict.Probability(ensemble, ensemble.Threshold), 1e-9);
    }

    [Fact]
    public void On_a_flat_part_of_the_calibration_the_threshold_stays_if_nothing_is_corrected()
    {
        var level = _platt with { Isotonic = new([0.5f, 0.8f, 1.3f, 2f], [0.9, 0.4, 0.4, 0.05]) };

        Assert.Equal(1, RecalibratedEnsemble.Of(level, new(1, 0, 10, 10, 0.5, 0.5), 3, default).Threshold, 1e-9);
        Assert.InRange(RecalibratedEnsemble.Of(level, new(1, 0.1, 10, 10, 0.5, 0.5), 3, default).Threshold, 1.3, 1.4);
        Assert.InRange(RecalibratedEnsemble.Of(level, new(1, -0.1, 10, 10, 0.5, 0.5), 3, default).Threshold, 0.7, 0.8);
    }
}
