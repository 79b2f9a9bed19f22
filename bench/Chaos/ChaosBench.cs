using Siamese.Bench.Reports;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>
/// Three silos on separate machines, one PostgreSQL server, and the faults that may hit them. Needs root, because the machines
/// are network namespaces. A result that must not occur, such as a lost trial or a wrong verdict, ends its scene and fails the
/// benchmark; the remaining scenes still run.
/// </summary>
internal static class ChaosBench
{
    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        await using var cluster = await MachineCluster.Start();
        if (options.Minutes is { } minutes)
        {
            await foreach (var figure in LongRun.Run(cluster, TimeSpan.FromMinutes(minutes)))
                yield return figure;
            yield break;
        }

        var attempts = new Attempts("scenes");
        foreach (var (name, scene) in Scenes(cluster, options))
        {
            Say(name);
            await foreach (var figure in attempts.Try($"chaos: {name}", scene))
                yield return figure;
        }

        Require(attempts.Failures is null, attempts.Failures!);
    }

    private static (string Name, Func<IAsyncEnumerable<Figure>> Run)[] Scenes(MachineCluster cluster, BenchOptions options) =>
    [
        .. new ChaosSweep(cluster, options).Scenes,
        ("from the death of a silo to its trial training elsewhere", () => Failover.Measure(cluster, options)),
        ("verdicts, while a silo is killed and then one is asked to stop", () => VerdictsUnderKill.Run(cluster, options)),
    ];

    /// <summary>Ends the scene if the condition does not hold.</summary>
    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    public static void Say(string line) => Console.Error.WriteLine($"chaos: {line}");
}
