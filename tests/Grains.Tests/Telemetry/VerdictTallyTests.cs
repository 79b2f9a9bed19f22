using Siamese.Contracts.Clusters;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Telemetry;

public sealed class VerdictTallyTests
{
    private readonly QuickClock _clock = new();
    private readonly VerdictTally _tally;

    public VerdictTallyTests() => _tally = new VerdictTally(_clock);

    [Fact]
    public void Verdicts_count_for_a_minute()
    {
        _tally.Asked(3);
        _tally.Given(2);
        _clock.PutForward(TimeSpan.FromSeconds(30));
        _tally.Asked(1);
        Assert.Equal(new RecentVerdicts(4, 2), _tally.Recent());

        _clock.PutForward(TimeSpan.FromSeconds(31));
        Assert.Equal(new RecentVerdicts(1, 0), _tally.Recent());

        _clock.PutForward(TimeSpan.FromSeconds(60));
        _tally.Given(5);
        Assert.Equal(new RecentVerdicts(0, 5), _tally.Recent());
    }

    [Fact]
    public void Threads_that_count_at_the_same_time_lose_nothing()
    {
        Parallel.For(0, 10_000, _ =>
        {
            _tally.Asked(2);
            _tally.Given(1);
        });

        Assert.Equal(new RecentVerdicts(20_000, 10_000), _tally.Recent());
    }
}
