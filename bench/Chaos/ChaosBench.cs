using Siamese.Bench.Reports;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>
/// Three silos on separate machines, one PostgreSQL server, and the faults that may hit them. Needs root, because the machines
/// are network namespaces. A result that must not occur, such as a lost trial or a wrong verdict, ends the benchmark.
/// </summary>
internal static class ChaosBench
{
    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        if (MachineCluster.Missing is { } missing)
            throw new InvalidOperationException(missing);
        await using var cluster = await MachineCluster.Start();
        await foreach (var figure in options.Minutes is { } minutes ? LongRun.Run(cluster, TimeSpan.FromMinutes(minutes)) : Scenes(cluster))
            yield return figure;
    }

    private static async IAsyncEnumerable<Figure> Scenes(MachineCluster cluster)
    {
        await foreach (var figure in new ChaosSweep(cluster).Run())
            yield return figure;
        yield return await Failover.Measure(cluster);
        await foreach (var figure in VerdictsUnderKill.Run(cluster))
            yield return figure;
    }

    /// <summary>Ends the benchmark if the condition does not hold.</summary>
    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    public static void Say(string line) => Console.Error.WriteLine($"chaos: {line}");
}
