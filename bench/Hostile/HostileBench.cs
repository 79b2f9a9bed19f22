using Siamese.Bench.Chaos;
using Siamese.Bench.Fuzz;
using Siamese.Bench.Reports;
using Siamese.Bench.Silos;
using Siamese.Bench.Verdict;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Tensors;
using Siamese.Testing.Certificates;

namespace Siamese.Bench.Hostile;

/// <summary>
/// A silo with limited memory under attack: clients that call every method with invented arguments, strangers who send noise to
/// its gateway, and callers with images as large as is allowed. Meanwhile, an honest client asks for verdicts at a steady rate.
/// The silo must live, answer every call in time, and stay within its memory, and no honest verdict may be lost or wrong. And
/// mutated files of every kind that anything reads; see <see cref="FuzzBench"/>.
/// </summary>
internal static class HostileBench
{
    private const int Calls = 100_000;
    private const int Inputs = 1_000_000;
    private const int Seed = 1;
    private const int Members = 3;
    private const int Verdicts = 200;

    /// <summary>The part of a limited time for each half of the calls. The honest verdicts take about as long as both halves.</summary>
    private const double CallsShare = 0.15;

    /// <summary>The part of a limited time for the mutated files.</summary>
    private const double InputsShare = 0.4;

    /// <summary>The limit of the silo's managed memory; libtorch and decoders need more beside it.</summary>
    private const double MostMb = 2500;

    private static readonly string[] _names = [TrainedSilo.Name(Members), "of-none", "digits", "rogue", $"{TrainedSilo.Name(Members)}@1", "evaluation:1"];
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(20);

    /// <exception cref="InvalidOperationException">The silo died or grew, or a verdict was lost or wrong.</exception>
    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var length = options.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : Timeout.InfiniteTimeSpan;
        using var authority = new TestAuthority();
        IReadOnlyList<Specimen> kinds;
        await using (var silo = await TrainedSilo.StartGuarded(authority, Members))
        {
            kinds = [.. Specimens.All(), .. await Exported(silo)];
            await foreach (var figure in Attacked(silo, authority, options, Share(length, CallsShare)))
                yield return figure;
        }

        foreach (var figure in FuzzBench.Run(kinds, options.Size(Inputs, smoke: 500), Share(length, InputsShare)))
            yield return figure with { Name = $"hostile.{figure.Name}" };
    }

    private static async IAsyncEnumerable<Figure> Attacked(TrainedSilo silo, TestAuthority authority, BenchOptions options, TimeSpan callsFor)
    {
        var verdicts = new SteadyVerdicts([$"{silo.Gateway}"], TrainedSilo.Name(Members), VerdictsUnderKill.Digits(200), authority.Issue("honest", "ask"));
        await verdicts.Learn();
        var window = options.IsSmoke || options.Minutes < 5 ? _window / 5 : _window;
        var quiet = await Honest(verdicts, window);
        yield return Figure.Of("hostile.quiet.p99_ms", "ms", [quiet]);

        var scenes = new (string Name, Func<CancellationToken, Task> Attack)[]
        {
            ("calls", token => Caller(silo, authority, "train", token)),
            ("questions", token => Caller(silo, authority, "ask", token)),
            ("noise", token => Repeat(8, number => new RogueFrames(silo.Gateway, Seed).Send(number), token)),
            ("large_images", await LargeImages(silo, authority)),
        };
        foreach (var (name, attack) in scenes)
        {
            Say($"honest verdicts during {name}");
            using var over = new CancellationTokenSource();
            var attacking = Task.Run(() => attack(over.Token), CancellationToken.None);
            double p99;
            try
            {
                p99 = await Honest(verdicts, window);
            }
            finally
            {
                await over.CancelAsync();
                await attacking;
            }

            yield return Figure.Of($"hostile.{name}.p99_vs_quiet", "ratio", [p99 / quiet]);
        }

        var calls = options.Size(Calls, smoke: 500);
        Say($"{calls} calls with invented arguments");
        using var client = await GrainClient.Connect(MutualTls.Load(authority.Issue("rogue", "train"), ClusterNames.DefaultClusterId, isSilo: false), silo.Gateway);
        var rogue = new RogueCalls(GrainClient.Grains(client), Seed, _names);
        var made = await For(callsFor, token => Repeat(8, rogue.Call, token, calls / 2));
        var half = silo.ResidentMb;
        made += await For(callsFor, token => Repeat(8, number => rogue.Call(number + (calls / 2)), token, calls / 2));
        foreach (var (fault, count) in rogue.Faults.OrderByDescending(fault => fault.Value).Take(40))
            Say($"{count} × {fault}");
        await Honest(verdicts, window / 4);
        yield return Count("hostile.calls", made);
        yield return Count("hostile.calls.refused", rogue.Refused);
        yield return Count("hostile.calls.faults", rogue.Faults.Values.Sum());
        yield return Figure.Of("hostile.memory_mb", "MB", [silo.ResidentMb]);
        yield return Figure.Of("hostile.memory_growth", "ratio", [silo.ResidentMb / half]);
        ChaosBench.Require(silo.ResidentMb < MostMb, $"The silo's memory grew to {silo.ResidentMb:0} MB.");
        ChaosBench.Require(rogue.Faults.IsEmpty, "Some calls were neither answered nor refused with a sentence; they are listed above.");
    }

    /// <summary>A part of the time that is left for everything.</summary>
    private static TimeSpan Share(TimeSpan length, double part) => length == Timeout.InfiniteTimeSpan ? length : length * part;

    private static async Task<int> For(TimeSpan length, Func<CancellationToken, Task<int>> attempts)
    {
        using var end = new CancellationTokenSource(length);
        return await attempts(end.Token);
    }

    /// <summary>The files of an exported ensemble, which an import reads.</summary>
    private static async Task<Specimen[]> Exported(TrainedSilo silo)
    {
        var export = silo.Exports(Members);
        var files = await export.Pack(CancellationToken.None);
        var weights = files.First(file => file.Path.EndsWith(".safetensors", StringComparison.Ordinal)).Path;
        return
        [
            new("manifest", [await Read(ExportManifest.FileName)], file => ExportManifest.Read(file)) { IsWire = true },
            new("calibration", [await Read(ExportedCalibration.FileName)], file => ExportedCalibration.Read(file)) { IsWire = true },
            new("safetensors", [await Read(weights)], file => Safetensors.Read(file)) { IsWire = true },
        ];

        async Task<byte[]> Read(string path) => [.. await export.Read(path, 0, CancellationToken.None)];
    }

    private static async Task Caller(TrainedSilo silo, TestAuthority authority, string role, CancellationToken cancellation)
    {
        using var rogue = RogueProgram.Start(silo.Gateway, authority.Issue($"caller-{role}", role), Seed + 1, _names);
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        rogue.Kill();
        await rogue.WaitForExitAsync(CancellationToken.None);
    }

    private static async Task<Func<CancellationToken, Task>> LargeImages(TrainedSilo silo, TestAuthority authority)
    {
        var client = await GrainClient.Connect(MutualTls.Load(authority.Issue("large", "ask"), ClusterNames.DefaultClusterId, isSilo: false), silo.Gateway);
        var image = new ImageFile("large.png", [.. Specimens.Large()]);
        var ensemble = GrainClient.Grains(client).GetGrain<IVerdictGrain>(TrainedSilo.Name(Members));
        return async token =>
        {
            using (client)
                await Repeat(8, _ => ensemble.Judge(image, image, VerdictTerms.Default, token), token);
        };
    }

    /// <summary>The 99th percentile in milliseconds of honest verdicts over a period. None may be lost or wrong.</summary>
    private static async Task<double> Honest(SteadyVerdicts verdicts, TimeSpan window)
    {
        var number = (int)(Verdicts * (window / _window) * 5);
        var answers = await verdicts.Run(number, window);
        ChaosBench.Require(answers.Length == number, "Verdicts were lost.");
        ChaosBench.Require(answers.All(answer => answer.IsRight), "Verdicts were wrong.");
        return VerdictsUnderKill.P99(answers);
    }

    /// <summary>Makes attempts, several at a time, until the token is cancelled or the maximum number was made. Returns how many.</summary>
    private static async Task<int> Repeat(int atOnce, Func<int, Task> attempt, CancellationToken cancellation, int most = int.MaxValue)
    {
        var made = 0;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref made) is var number && number <= most)
            {
                try
                {
                    await attempt(number);
                }
                catch (Exception e) when (e is BusyException or OperationCanceledException or TimeoutException)
                {
                    await Task.Delay(100, CancellationToken.None);
                }
            }
        })));
        return Math.Min(made, most);
    }

    private static Figure Count(string name, int count) => new(name, count, "count", count, count);

    private static void Say(string line) => Console.Error.WriteLine($"hostile: {line}");
}
