using Siamese.Contracts.Tuning;
using Siamese.Model.Training.Optimizers;

namespace Siamese.Model.Tests.Training.Optimizers;

public sealed class LearningRatesTests
{
    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1.0 / 3, 0.1505)] // cos 60° = ½: 0.2 · (0.01 + 0.99 · 0.75)
    [InlineData(0.5, 0.101)]
    [InlineData(1, 0.002)]
    public void A_cosine_falls_from_the_rate_to_a_hundredth_of_it(double progress, double rate) =>
        Assert.Equal(rate, LearningRates.At(LearningRateSchedule.Cosine, 0.2, progress), 1e-12);

    [Fact]
    public void A_cosine_never_rises()
    {
        var rates = Enumerable.Range(0, 1001).Select(i => LearningRates.At(LearningRateSchedule.Cosine, 1, i / 1000.0)).ToArray();
        Assert.Equal(rates.OrderDescending(), rates);
    }

    [Theory]
    [InlineData(0, 0.008)] // A 25th
    [InlineData(0.15, 0.104)] // Half way up
    [InlineData(0.3, 0.2)]
    [InlineData(0.65, 0.1000004)] // Half way down
    [InlineData(1, 8e-7)]
    public void One_cycle_rises_to_the_rate_and_falls_to_near_0(double progress, double rate) =>
        Assert.Equal(rate, LearningRates.At(LearningRateSchedule.OneCycle, 0.2, progress), 1e-9);

    [Theory, InlineData(0), InlineData(0.7), InlineData(1)]
    public void A_constant_schedule_stays_constant(double progress) => Assert.Equal(0.2, LearningRates.At(LearningRateSchedule.Constant, 0.2, progress));

    [Fact]
    public void An_unknown_schedule_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRates.At((LearningRateSchedule)9, 1, 0));
}
