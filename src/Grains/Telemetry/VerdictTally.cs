using Siamese.Contracts.Clusters;

namespace Siamese.Grains.Telemetry;

/// <summary>Counts the verdicts of a silo in the last minute. Can be used from any thread.</summary>
internal sealed class VerdictTally(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly (long Second, int Asked, int Given)[] _seconds = new (long, int, int)[RecentVerdicts.Seconds];

    /// <summary>The silo was asked about pairs.</summary>
    public void Asked(int pairs) => Add(pairs, 0);

    /// <summary>The silo gave verdicts.</summary>
    public void Given(int verdicts) => Add(0, verdicts);

    /// <summary>Those of the last minute.</summary>
    public RecentVerdicts Recent()
    {
        lock (_lock)
        {
            var now = Now();
            var recent = new RecentVerdicts(0, 0);
            foreach (var (second, asked, given) in _seconds)
            {
                if (now - second < RecentVerdicts.Seconds)
                    recent = new(recent.Asked + asked, recent.Given + given);
            }

            return recent;
        }
    }

    private void Add(int asked, int given)
    {
        lock (_lock)
        {
            var now = Now();
            ref var second = ref _seconds[now % RecentVerdicts.Seconds];
            if (second.Second != now)
                second = (now, 0, 0);
            second = (now, second.Asked + asked, second.Given + given);
        }
    }

    private long Now() => time.GetTimestamp() / time.TimestampFrequency;
}
