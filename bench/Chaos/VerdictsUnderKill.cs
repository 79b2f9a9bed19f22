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
    private const int Verdicts = 2000;
    private static readonly TimeSpan _length = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _around = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<Figure> Run(MachineCluster cluster)
    {
        ChaosBench.Say("verdicts, while a silo is killed");
        await cluster.Renew();
        await cluster.Ask("sweep", "--margins", "1,2,5", "--seeds", "1,2", "--epochs", "6", "--name", "v");
        var verdicts = new SteadyVerdicts(cluster.Gateways, "v", Digits(200));
        await verdicts.Learn();
        var (before, around, after) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var silo in cluster.Silos)
        {
            var answers = await Disturbed(verdicts, silo.Kill);
            before.Add(P99(answers.Where(answer => answer.Due < (_length / 2) - _around)));
            around.Add(P99(answers.Where(IsAround)));
            after.Add(P99(answers.Where(answer => answer.Due > (_length / 2) + _around)));
            await silo.Start();
            await Task.Delay(_around);
        }

        yield return Figure.Of("chaos.verdict.before.p99_ms", "ms", before);
        yield return Figure.Of("chaos.verdict.around.p99_ms", "ms", around);
        yield return Figure.Of("chaos.verdict.after.p99_ms", "ms", after);

        ChaosBench.Say("verdicts, while a silo is asked to stop");
        var stopping = Stopwatch.StartNew();
        var drained = await Disturbed(verdicts, async () =>
        {
            stopping.Restart();
            cluster.Silos[0].Process.Terminate();
            var (code, _) = await cluster.Silos[0].Process.Ends(_length);
            stopping.Stop();
            ChaosBench.Require(code == 0, $"A silo that was asked to stop exited with code {code}.");
        });
        yield return Figure.Of("chaos.verdict.drain_s", "s", [stopping.Elapsed.TotalSeconds]);
        yield return Figure.Of("chaos.verdict.draining.p99_ms", "ms", [P99(drained.Where(IsAround))]);
        await cluster.Silos[0].Start();
    }

    private static bool IsAround(SteadyVerdicts.Answer answer) => (answer.Due - (_length / 2)).Duration() <= _around;

    /// <summary>Requests verdicts, with a disturbance halfway through. None may be lost or wrong.</summary>
    private static async Task<SteadyVerdicts.Answer[]> Disturbed(SteadyVerdicts verdicts, Func<Task> disturb)
    {
        var asking = verdicts.Run(Verdicts, _length);
        await Task.Delay(_length / 2);
        await disturb();
        var answers = await asking;
        ChaosBench.Require(answers.Length == Verdicts, "Verdicts were lost.");
        ChaosBench.Require(answers.All(answer => answer.IsRight), $"{answers.Count(answer => !answer.IsRight)} verdicts were wrong.");
        return answers;
    }

    /// <summary>Test digits as PNG files.</summary>
    public static ImageFile[] Digits(int count)
    {
        var test = DataSets.Open(new DataSource(), InputShape.Digits, CancellationToken.None).Test.Images;
        return [.. Enumerable.Range(0, count).Select(i => new ImageFile($"{i}.png", [.. PngWriter.Write(test[i], test.Shape)]))];
    }

    public static double P99(IEnumerable<SteadyVerdicts.Answer> answers)
    {
        var sorted = answers.Select(answer => answer.Milliseconds).Order().ToArray();
        return sorted[(int)(0.99 * (sorted.Length - 1))];
    }
}
