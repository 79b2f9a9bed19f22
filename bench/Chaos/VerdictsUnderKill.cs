using System.Diagnostics;
using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>2,000 verdicts over 60 s with a silo killed after 30 s, once for each of the three silos, and once with a silo asked to stop.</summary>
internal static class VerdictsUnderKill
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private static readonly Plan _full = new(Verdicts: 2000, Length: TimeSpan.FromSeconds(60), Around: TimeSpan.FromSeconds(5));
    private static readonly Plan _short = new(Verdicts: 40, Length: TimeSpan.FromSeconds(4), Around: TimeSpan.FromSeconds(1));

    /// <param name="Verdicts">Number of verdicts to request.</param>
    /// <param name="Length">How long to request them; the disturbance comes halfway through.</param>
    /// <param name="Around">How long before and after the disturbance an answer counts as around it.</param>
    private sealed record Plan(int Verdicts, TimeSpan Length, TimeSpan Around)
    {
        public bool IsAround(SteadyVerdicts.Answer answer) => (answer.Due - (Length / 2)).Duration() <= Around;
    }

    public static async IAsyncEnumerable<Figure> Run(MachineCluster cluster, BenchOptions options)
    {
        var plan = options.Size(_full, smoke: _short);
        await cluster.Renew();
        await cluster.Ask("sweep", "--margins", "1,2,5", "--seeds", "1,2", "--epochs", options.Size("6", smoke: "1"), "--name", "v");
        var verdicts = new SteadyVerdicts(cluster.Gateways, "v", Digits(200), cluster.ForClients);
        await verdicts.Learn();
        var (before, around, after) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var silo in cluster.Silos.Take(options.Size(cluster.Silos.Count, smoke: 1)))
        {
            var answers = await Disturbed(verdicts, plan, silo.Kill);
            before.Add(P99(answers.Where(answer => answer.Due < (plan.Length / 2) - plan.Around)));
            around.Add(P99(answers.Where(plan.IsAround)));
            after.Add(P99(answers.Where(answer => answer.Due > (plan.Length / 2) + plan.Around)));
            await silo.Start();
            await Task.Delay(plan.Around);
        }

        yield return Figure.Of("chaos.verdict.before.p99_ms", "ms", before);
        yield return Figure.Of("chaos.verdict.around.p99_ms", "ms", around);
        yield return Figure.Of("chaos.verdict.after.p99_ms", "ms", after);

        ChaosBench.Say("verdicts, while a silo is asked to stop");
        var stopping = Stopwatch.StartNew();
        var drained = await Disturbed(verdicts, plan, async () =>
        {
            stopping.Restart();
            cluster.Silos[0].Process.Terminate();
            var (code, _) = await cluster.Silos[0].Process.Ends(_patience);
            stopping.Stop();
            ChaosBench.Require(code == 0, $"A silo that was asked to stop exited with code {code}.");
        });
        yield return Figure.Of("chaos.verdict.drain_s", "s", [stopping.Elapsed.TotalSeconds]);
        yield return Figure.Of("chaos.verdict.draining.p99_ms", "ms", [P99(drained.Where(plan.IsAround))]);
        await cluster.Silos[0].Start();
    }

    /// <summary>Requests verdicts, with a disturbance halfway through. None may be lost or wrong.</summary>
    private static async Task<SteadyVerdicts.Answer[]> Disturbed(SteadyVerdicts verdicts, Plan plan, Func<Task> disturb)
    {
        var asking = verdicts.Run(plan.Verdicts, plan.Length);
        await Task.Delay(plan.Length / 2);
        await disturb();
        var answers = await asking;
        ChaosBench.Require(answers.Length == plan.Verdicts, "Verdicts were lost.");
        ChaosBench.Require(answers.All(answer => answer.IsRight), $"{answers.Count(answer => !answer.IsRight)} verdicts were wrong.");
        return answers;
    }

    /// <summary>Test digits as PNG files.</summary>
    public static ImageFile[] Digits(int count)
    {
        var test = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None).Test.Images;
        return [.. Enumerable.Range(0, count).Select(i => new ImageFile($"{i}.png", [.. PngWriter.Write(test[i], ImageShape.Digits)]))];
    }

    public static double P99(IEnumerable<SteadyVerdicts.Answer> answers)
    {
        var sorted = answers.Select(answer => answer.Milliseconds).Order().ToArray();
        return sorted[(int)(0.99 * (sorted.Length - 1))];
    }
}
