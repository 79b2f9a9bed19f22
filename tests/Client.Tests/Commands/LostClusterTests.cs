using System.Collections.Immutable;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands;

public sealed class LostClusterTests
{
    private static readonly ImmutableArray<TrialReport> _trials =
        [.. Enumerable.Range(1, 6).Select(margin => Some.Trial($"{margin}fa94c2155667788", margin))];

    [Fact]
    public async Task Watch_continues_where_it_was_and_shows_each_trial_once()
    {
        using var client = new ClientRun();
        await using var successor = new FakeCluster();
        client.Cluster.Successors.Enqueue(successor);
        client.Cluster.TheSweep.Trials.Clear();
        client.Cluster.TheSweep.Trials.AddRange(_trials);
        client.Sweep
            .Do(cursor => Ended(cursor, 2))
            .Do(cursor => Ended(cursor, 3))
            .Do(Die);
        successor.TheSweep.Trials.Clear();
        successor.TheSweep.Trials.AddRange(_trials);
        successor.TheSweep
            .Do(cursor => Ended(cursor, 5))
            .Do(_ => throw new TimeoutException())
            .Do(cursor => Ended(cursor, 6) with { Phase = SweepPhase.Completed, Ensemble = "zolaki-47", Result = Some.Result() });

        Assert.Equal(0, await client.Run("watch", "zolaki-47"));

        Assert.Equal(["GetProgress 0", "GetProgress 2", "GetProgress 3"], client.Sweep.Calls);
        Assert.Equal(["GetProgress 3", "GetProgress 5", "GetProgress 5"], successor.TheSweep.Calls);
        Assert.Equal(
            Enumerable.Range(1, 6).Select(margin => $"{margin}fa94c21 margin {margin}"),
            client.Out.Split('\n').Where(line => line.Contains(": completed", StringComparison.Ordinal)).Select(line => line.Split(':')[0]));

        SweepProgress Die(int cursor)
        {
            // Two more trials have ended, but the answer that reports them never arrives.
            client.Cluster.Lose();
            throw new TimeoutException();
        }
    }

    /// <summary>The answer of a sweep with this many ended trials: those after the cursor.</summary>
    private static SweepProgress Ended(int cursor, int ended) => Some.Progress(SweepPhase.Running) with
    {
        Plan = Some.Plan(_trials.Length),
        Ended = _trials[cursor..ended],
        EndedInAll = ended,
        Cursor = ended,
    };
}
