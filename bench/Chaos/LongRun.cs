using System.Diagnostics;
using System.Globalization;
using Siamese.Bench.Reports;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>Sweeps and verdicts for a long time, while a silo other than the first is killed every minute.</summary>
internal static class LongRun
{
    private static readonly TimeSpan _between = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _down = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<Figure> Run(MachineCluster cluster, TimeSpan length)
    {
        ChaosBench.Say(string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0} minutes of sweeps and verdicts, a silo killed every minute"));
        await cluster.Renew();
        await cluster.Ask(Sweep("v", 0));
        var verdicts = new SteadyVerdicts(cluster.Gateways, "v", VerdictsUnderKill.Digits(200), cluster.ForClients);
        await verdicts.Learn();
        using var end = new CancellationTokenSource(length);
        var memory = new List<double>();
        var killing = Kill(cluster, memory, end.Token);
        var asking = verdicts.Run((int)(10 * length.TotalSeconds), length);
        var sweeps = await Sweeps(cluster, end.Token);
        var kills = await killing;
        var answers = await asking;
        ChaosBench.Require(memory.Count > 0, "The run took less than a minute, so no silo was killed.");
        ChaosBench.Require(answers.All(answer => answer.IsRight), "Verdicts were wrong.");
        foreach (var silo in cluster.Silos)
            await silo.Serves();
        ChaosBench.Require(await cluster.Processes() == cluster.Silos.Count, "Processes were left behind.");
        await cluster.CheckStore();

        ChaosBench.Say($"resident MB of the silo that is never killed, minute by minute: {string.Join(' ', memory.Select(mb => mb.ToString("0", CultureInfo.InvariantCulture)))}");
        yield return Figure.Of("chaos.long.sweeps", "sweeps", [sweeps]);
        yield return Figure.Of("chaos.long.kills", "kills", [kills]);
        yield return Figure.Of("chaos.long.verdicts", "verdicts", [answers.Length]);
        yield return Figure.Of("chaos.long.verdict.p99_ms", "ms", [VerdictsUnderKill.P99(answers)]);
        yield return Figure.Of("chaos.long.silo_mb", "MB", memory);
        // Compares the last third with the second, for the silo that is never killed: in the first third, memory grows while it warms up.
        if (memory.Count >= 6)
            yield return Figure.Of("chaos.long.growth", "ratio", [(Mean(memory[^(memory.Count / 3)..]) / Mean(memory[(memory.Count / 3)..^(memory.Count / 3)])) - 1]);
    }

    private static async Task<int> Sweeps(MachineCluster cluster, CancellationToken end)
    {
        var count = 0;
        while (!end.IsCancellationRequested)
        {
            var document = await cluster.Ask(Sweep($"s{++count}", count));
            var trials = document.GetProperty("trials").EnumerateArray().ToArray();
            ChaosBench.Require(trials.All(trial => trial.GetProperty("status").GetString() == "completed"), $"Not every trial completed: {document}");
        }

        return count;
    }

    private static async Task<int> Kill(MachineCluster cluster, List<double> memory, CancellationToken end)
    {
        var random = new Random(1);
        var started = Stopwatch.GetTimestamp();
        for (var kills = 0; ; kills++)
        {
            var wait = ((kills + 1) * _between) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(wait, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
                return kills;
            memory.Add(cluster.Silos[0].Process.ResidentMb);
            // Never kill the first silo: slow growth would not show in silos that are restarted.
            var silo = cluster.Silos[1 + random.Next(cluster.Silos.Count - 1)];
            await silo.Kill();
            await Task.Delay(_down, CancellationToken.None);
            silo.Begin();
        }
    }

    /// <summary>Six trials with new seeds, so that none has been trained before.</summary>
    private static string[] Sweep(string name, int number) =>
        ["sweep", "--margins", "1,2,5", "--seeds", string.Create(CultureInfo.InvariantCulture, $"{1000 + (2 * number)},{1001 + (2 * number)}"), "--epochs", "6", "--name", name];

    private static double Mean(List<double> values) => values.Average();
}
