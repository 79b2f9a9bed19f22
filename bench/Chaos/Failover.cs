using System.Diagnostics;
using Siamese.Bench.Reports;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>The time from the death of a silo until its trial trains on another silo with a free slot.</summary>
internal static class Failover
{
    private const int Rounds = 5;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(15);

    public static async IAsyncEnumerable<Figure> Measure(MachineCluster cluster, BenchOptions options)
    {
        var (rounds, settling) = options.Size((Rounds, _settling), smoke: (1, TimeSpan.FromSeconds(3)));
        await cluster.Renew(slots: 2);
        await using var client = cluster.Client("sweep", "--margins", "2", "--epochs", "1000", "--name", "f");
        var seconds = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var lease = $"training starts under lease {round + 1},";
            var silo = await Holder(cluster, lease);
            // Wait for a checkpoint, so that the trial is not blamed for the silo's death.
            await Task.Delay(settling);
            var killed = Stopwatch.GetTimestamp();
            await silo.Kill();
            await Holder(cluster, $"training starts under lease {round + 2},");
            seconds.Add(Stopwatch.GetElapsedTime(killed).TotalSeconds);
            await silo.Start();
            await Task.Delay(settling);
        }

        yield return Figure.Of("chaos.failover_s", "s", seconds);
    }

    private static async Task<MachineSilo> Holder(MachineCluster cluster, string lease)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (true)
        {
            if (cluster.Silos.FirstOrDefault(silo => silo.Said.Contains(lease, StringComparison.Ordinal)) is { } holder)
                return holder;
            await Task.Delay(20, patience.Token);
        }
    }
}
