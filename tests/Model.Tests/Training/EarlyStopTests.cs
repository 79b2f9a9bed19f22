using Siamese.Contracts.Trials;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

public sealed class EarlyStopTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void It_is_due_when_the_EER_has_not_improved_for_as_many_epochs_as_the_patience(int patience, bool isDue) =>
        Assert.Equal(isDue, EarlyStop.IsDue(Reports(0.3, 0.1, 0.2, 0.15), patience));

    [Fact]
    public void An_equal_EER_is_not_an_improvement()
    {
        Assert.True(EarlyStop.IsDue(Reports(0.1, 0.1, 0.1), patience: 2));
        Assert.Equal(1, EarlyStop.Best(Reports(0.1, 0.1, 0.2)));
    }

    [Fact]
    public void Each_lower_EER_restarts_the_wait() =>
        Assert.False(EarlyStop.IsDue(Reports(0.3, 0.4, 0.2, 0.4, 0.1, 0.2), patience: 2));

    private static EpochReport[] Reports(params double[] eers) =>
        [.. eers.Select((eer, i) => new EpochReport(i + 1, 20, Loss: 1, eer, Seconds: i))];
}
