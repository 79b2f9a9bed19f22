using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Siamese.Bench.Reports;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>The same sweep again and again: first undisturbed, then with one fault after another. Its blobs must be identical to the last bit.</summary>
internal sealed partial class ChaosSweep(MachineCluster cluster, BenchOptions options)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    private readonly Scale _scale = options.Size(
        new Scale(["1", "2", "3", "4", "5", "6", "7", "8"], Epochs: "14", Misfortune: 40, StoreDown: 20, Kills: 4, BetweenKills: 10, UntilAllAreKilled: 25),
        smoke: new Scale(["1", "2", "3"], Epochs: "4", Misfortune: 0, StoreDown: 3, Kills: 1, BetweenKills: 0, UntilAllAreKilled: 1));

    private (double Seconds, IReadOnlyList<string> Blobs)? _undisturbed;

    /// <summary>In order: all others compare themselves with the first.</summary>
    public (string Name, Func<IAsyncEnumerable<Figure>> Run)[] Scenes =>
    [
        ("an undisturbed sweep", MeasureUndisturbed),
        ("silos killed, one after another", () => Compared("chaos.kills_vs_undisturbed", Kills)),
        ("a silo stopped until it is declared dead", () => Compared("chaos.stopped_vs_undisturbed", Stopped)),
        ("a silo stopped until its trial has another lease", MeasureLateReport),
        ("a silo cut off until it is declared dead", () => Compared("chaos.cut_vs_undisturbed", CutOff)),
        ("PostgreSQL down", MeasureWithoutStore),
        ("every process killed at once", MeasureKillAll),
    ];

    private (double Seconds, IReadOnlyList<string> Blobs) Undisturbed =>
        _undisturbed ?? throw new InvalidOperationException("There is no undisturbed sweep to compare with.");

    private int Trials => 3 * _scale.Seeds.Length;

    /// <param name="Seeds">Seeds of each of three points.</param>
    /// <param name="Epochs">Epochs of each trial.</param>
    /// <param name="Misfortune">Seconds for which a silo is stopped or cut off; longer if it is not declared dead by then.</param>
    /// <param name="StoreDown">Seconds without PostgreSQL.</param>
    /// <param name="Kills">Number of silos killed one after another.</param>
    /// <param name="BetweenKills">Seconds from a restart to the next kill.</param>
    /// <param name="UntilAllAreKilled">Seconds of training before every process is killed.</param>
    private sealed record Scale(string[] Seeds, string Epochs, int Misfortune, int StoreDown, int Kills, int BetweenKills, int UntilAllAreKilled);

    private async IAsyncEnumerable<Figure> MeasureUndisturbed()
    {
        var seconds = await Seconds(() => Task.CompletedTask);
        _undisturbed = (seconds, await cluster.Blobs());
        yield return One("chaos.undisturbed_s", "s", seconds);
    }

    private async IAsyncEnumerable<Figure> Compared(string name, Func<Task> happens)
    {
        var undisturbed = Undisturbed;
        var seconds = await Seconds(happens);
        await RequireSameWeights();
        yield return One(name, "ratio", seconds / undisturbed.Seconds);
    }

    private async IAsyncEnumerable<Figure> MeasureWithoutStore()
    {
        await foreach (var figure in Compared("chaos.store_vs_undisturbed", WithoutStore))
            yield return figure;
        ChaosBench.Require(!cluster.Silos.Any(silo => silo.Said.Contains("under lease 2", StringComparison.Ordinal)), "A lease was lost while the store was down.");
    }

    private async IAsyncEnumerable<Figure> MeasureLateReport()
    {
        _ = Undisturbed;
        double? late = null;
        while (late is null)
        {
            await Seconds(async () => late = await LateReport());
            await RequireSameWeights();
        }

        yield return One("chaos.late_report_s", "s", late.Value);
    }

    private async IAsyncEnumerable<Figure> MeasureKillAll()
    {
        _ = Undisturbed;
        var repeated = Array.Empty<double>();
        await Seconds(async () => repeated = await KillAll(), isClientKilled: true);
        await RequireSameWeights();
        yield return Figure.Of("chaos.repeated_s", "s", repeated);
    }

    private async Task RequireSameWeights() =>
        ChaosBench.Require((await cluster.Blobs()).SequenceEqual(Undisturbed.Blobs), "The weights differ from those of an undisturbed run.");

    /// <summary>Runs the sweep while something happens.</summary>
    /// <returns>How long the sweep took.</returns>
    private async Task<double> Seconds(Func<Task> happens, bool isClientKilled = false)
    {
        await cluster.Renew();
        var started = Stopwatch.GetTimestamp();
        await using var client = cluster.Client("sweep", "--margins", "1,2,5", "--seeds", string.Join(',', _scale.Seeds), "--epochs", _scale.Epochs, "--name", "s", "--format", "json");
        foreach (var silo in cluster.Silos)
            await silo.Process.Says("training starts", 1, _patience);
        var happening = happens();
        JsonElement document;
        try
        {
            if (isClientKilled)
                client.Kill();
            document = isClientKilled ? await AfterAll(happening) : await cluster.Answer(client);
        }
        finally
        {
            // Nothing may happen any more when the next scene begins.
            await happening;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var trials = document.GetProperty("trials").EnumerateArray().ToArray();
        ChaosBench.Require(trials.Length == Trials && trials.All(trial => trial.GetProperty("status").GetString() == "completed"), $"Not every trial completed: {document}");
        ChaosBench.Require(cluster.Completions.Values.All(times => times == 1), "A trial completed more than once.");
        return seconds;
    }

    private async Task<JsonElement> AfterAll(Task happening)
    {
        await happening;
        return await cluster.Ask("watch", "s");
    }

    private async Task Kills()
    {
        var random = new Random(1);
        await Task.Delay(TimeSpan.FromSeconds(_scale.BetweenKills / 2));
        for (var kill = 0; kill < _scale.Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(_scale.BetweenKills));
            var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
            await silo.Kill();
            await Task.Delay(TimeSpan.FromSeconds(5));
            silo.Begin();
        }
    }

    private async Task Stopped()
    {
        var silo = cluster.Silos[1];
        silo.Process.Pause();
        try
        {
            await Misfortune(silo);
        }
        finally
        {
            silo.Process.Resume();
        }

        await silo.Serves(times: 2);
    }

    /// <summary>
    /// A stopped silo's trial goes to another silo, and the report that it sends when it continues must be refused. Normally
    /// such a silo may notice that it was declared dead before it reports anything. So nobody can be declared dead here
    /// until the refusal was seen.
    /// </summary>
    /// <returns>Seconds from when the silo continues until its report is refused; null if the sweep offered no trial for this.</returns>
    private async Task<double?> LateReport()
    {
        await using var homes = await GrainHomes.Connect(cluster);
        // The grains that give out leases must be elsewhere: the trial gets another lease while the silo is stopped.
        IPAddress[] leasing = [await homes.OfBoard(), await homes.OfSweep("s")];
        var silos = cluster.Silos.Where(silo => !leasing.Contains(IPAddress.Parse(silo.Machine.Address))).ToArray();
        while (cluster.Completions.Count < Trials)
        {
            foreach (var silo in silos)
            {
                if (RemoteTrial(silo) is { } trial && await LateReport(silo, trial) is { } seconds)
                    return seconds;
            }

            await Task.Delay(_glance);
        }

        return null;
    }

    /// <summary>The trial that a silo trains, if its grain is on another silo, so that its reports cross the network.</summary>
    private string? RemoteTrial(MachineSilo silo)
    {
        var trial = Began().Matches(silo.Said)[^1].Groups["trial"].Value;
        return cluster.Completions.ContainsKey(trial) || silo.Said.Contains($"Trial {trial}: lease 1 goes to", StringComparison.Ordinal) ? null : trial;
    }

    /// <returns>Null if the trial was just completed when the silo was stopped.</returns>
    private async Task<double?> LateReport(MachineSilo silo, string trial)
    {
        await using var held = await cluster.HoldMembership();
        silo.Process.Pause();
        try
        {
            using var patience = new CancellationTokenSource(_patience);
            while (!OthersSay(silo, $"Trial {trial}: lease 2 goes to"))
            {
                if (cluster.Completions.ContainsKey(trial))
                    return null;
                await Task.Delay(_glance, patience.Token);
            }
        }
        finally
        {
            silo.Process.Resume();
        }

        var resumed = Stopwatch.GetTimestamp();
        using var refusal = new CancellationTokenSource(_patience);
        while (!OthersSay(silo, $"Trial {trial}: a report under lease 1 was refused"))
            await Task.Delay(_glance, refusal.Token);
        var seconds = Stopwatch.GetElapsedTime(resumed).TotalSeconds;
        await silo.Process.Says($"Trial {trial}: lease 1 is no longer ours", 1, _patience);
        return seconds;
    }

    private bool OthersSay(MachineSilo except, string text) =>
        cluster.Silos.Any(silo => silo != except && silo.Said.Contains(text, StringComparison.Ordinal));

    private async Task CutOff()
    {
        var silo = cluster.Silos[1];
        await silo.Machine.Cut();
        try
        {
            await Misfortune(silo);
        }
        finally
        {
            await silo.Machine.Heal();
        }

        await silo.Serves(times: 2);
    }

    private async Task WithoutStore()
    {
        await cluster.Postgres.Stop(isCrash: true);
        await Task.Delay(TimeSpan.FromSeconds(_scale.StoreDown));
        await cluster.Postgres.Start();
    }

    private async Task Misfortune(MachineSilo silo)
    {
        await Task.Delay(TimeSpan.FromSeconds(_scale.Misfortune));
        using var patience = new CancellationTokenSource(_patience);
        while (!(await cluster.DeclaredDead()).Contains(silo.Machine.Address))
            await Task.Delay(_glance, patience.Token);
    }

    /// <returns>Seconds of training that each slot repeats.</returns>
    private async Task<double[]> KillAll()
    {
        await Task.Delay(TimeSpan.FromSeconds(_scale.UntilAllAreKilled));
        var begun = cluster.Silos.Select(silo => Began().Matches(silo.Said)[^1]).ToDictionary(begin => begin.Groups["trial"].Value, At);
        foreach (var silo in cluster.Silos)
            silo.Process.Kill();
        var killed = TimeProvider.System.GetUtcNow().DateTime;
        await cluster.Postgres.Stop(isCrash: true);
        await cluster.Postgres.Start();
        foreach (var silo in cluster.Silos)
            silo.Begin();
        foreach (var silo in cluster.Silos)
            await silo.Process.Says("training starts", 1, _patience);
        var resumed = cluster.Silos.Select(silo => Began().Match(silo.Process.Said)).ToArray();
        return [.. resumed.Where(begin => begun.ContainsKey(begin.Groups["trial"].Value)).Select(begin =>
            (killed - begun[begin.Groups["trial"].Value]).TotalSeconds
            - (begin.Groups["seconds"].Success ? double.Parse(begin.Groups["seconds"].Value, CultureInfo.InvariantCulture) : 0))];
    }

    private static DateTime At(Match begin) => DateTime.Parse(begin.Groups["at"].Value, CultureInfo.InvariantCulture);

    private static Figure One(string name, string unit, double value) => Figure.Of(name, unit, [value]);

    [GeneratedRegex(@"^(?<at>\S+ \S+) .*Trial (?<trial>[0-9a-f]+) of sweep s: training starts under lease \d+, from (?:the beginning|epoch \d+, batch \d+, after (?<seconds>[0-9.]+) s)", RegexOptions.Multiline)]
    private static partial Regex Began();
}
