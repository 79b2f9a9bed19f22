using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class FormingPaceTests
{
    private readonly FormingPace _pace = new();

    [Fact]
    public void The_first_finished_trial_is_enough_to_form()
    {
        Assert.False(_pace.IsDue(0, At(0)));
        Assert.True(_pace.IsDue(1, At(0)));
    }

    [Fact]
    public void One_version_is_formed_at_a_time()
    {
        _pace.Began(1, At(0));

        Assert.False(_pace.IsDue(2, At(1000)));
        _pace.Ended(At(1));
        Assert.True(_pace.IsDue(2, At(1000)));
    }

    [Fact]
    public void Nothing_is_formed_unless_another_trial_has_finished()
    {
        _pace.Began(3, At(0));
        _pace.Ended(At(1));

        Assert.False(_pace.IsDue(3, At(1000)));
    }

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(2, 50)]
    [InlineData(8, 200)]
    public void Forming_takes_at_most_a_twenty_fifth_of_the_time(double seconds, double next)
    {
        _pace.Began(1, At(0));
        _pace.Ended(At(seconds));

        Assert.False(_pace.IsDue(2, At(next - 0.01)));
        Assert.True(_pace.IsDue(2, At(next)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(100 + seconds);
}
