using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Siamese.Bench.Reports;
using Siamese.Testing.Machines;

namespace Siamese.Bench.Chaos;

/// <summary>The same sweep again and again: first undisturbed, then with one fault after another. Its blobs must be identical to the last bit.</summary>
internal sealed partial class ChaosSweep(MachineCluster cluster)
{
    private const int Trials = 24;
    private static readonly string[] _sweep = ["sweep", "--margins", "1,2,5", "--seeds", "1,2,3,4,5,6,7,8", "--epochs", "14", "--name", "s", "--format", "json"];
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _misfortune = TimeSpan.FromSeconds(40);

    private IReadOnlyList<string> _undisturbed = [];
    private double _undisturbedSeconds;

    public async IAsyncEnumerable<Figure> Run()
    {
        ChaosBench.Say("an undisturbed sweep");
        _undisturbedSeconds = await Seconds(() => Task.CompletedTask);
        yield return One("chaos.undisturbed_s", "s", _undisturbedSeconds);

        ChaosBench.Say("a silo killed every 15 s, four times");
        yield return One("chaos.kills_vs_undisturbed", "ratio", await Seconds(Kills) / _undisturbedSeconds);

        ChaosBench.Say("a silo stopped for 40 s");
        yield return One("chaos.stopped_vs_undisturbed", "ratio", await Seconds(Stopped) / _undisturbedSeconds);

        ChaosBench.Say("a silo cut off for 40 s");
        yield return One("chaos.cut_vs_undisturbed", "ratio", await Seconds(CutOff) / _undisturbedSeconds);

        ChaosBench.Say("PostgreSQL down for 20 s");
        yield return One("chaos.store_vs_undisturbed", "ratio", await Seconds(WithoutStore) / _undisturbedSeconds);
        ChaosBench.Require(!Said().Contains("under lease 2", StringComparison.Ordinal), "A lease was lost while the store was down.");

        ChaosBench.Say("every process killed at once");
        var repeated = Array.Empty<double>();
        await Seconds(async () => repeated = await KillAll(), isClientKilled: true);
        yield return Figure.Of("chaos.repeated_s", "s", repeated);
    }

    /// <summary>Runs the sweep while something happens.</summary>
    /// <returns>How long the sweep took.</returns>
    private async Task<double> Seconds(Func<Task> happens, bool isClientKilled = false)
    {
        await cluster.Renew();
        var started = Stopwatch.GetTimestamp();
        await using var client = cluster.Client(_sweep);
        foreach (var silo in cluster.Silos)
            await silo.Process.Says("training starts", 1, _patience);
        var happening = happens();
        if (isClientKilled)
            client.Kill();
        var document = isClientKilled ? await AfterAll(happening) : await MachineCluster.Answer(client);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await happening;

        var trials = document.GetProperty("trials").EnumerateArray().ToArray();
        ChaosBench.Require(trials.Length == Trials && trials.All(trial => trial.GetProperty("status").GetString() == "completed"), $"Not every trial completed: {document}");
        ChaosBench.Require(cluster.Completions.Values.All(times => times == 1), "A trial completed more than once.");
        var blobs = await cluster.Blobs();
        if (_undisturbed.Count == 0)
            _undisturbed = blobs;
        ChaosBench.Require(blobs.SequenceEqual(_undisturbed), "The weights differ from those of an undisturbed run.");
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
        for (var kill = 0; kill < 4; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(kill == 0 ? 15 : 10));
            var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
            await silo.Kill();
            await Task.Delay(TimeSpan.FromSeconds(5));
            silo.Begin();
        }
    }

    private async Task Stopped()
    {
        var zombie = await WithARemoteTrial();
        zombie.Process.Pause();
        await Task.Delay(_misfortune);
        zombie.Process.Resume();
        await zombie.Serves(times: 2);
        ChaosBench.Require(Said().Contains("was refused; the last lease is", StringComparison.Ordinal), "None of the zombie's reports was refused.");
    }

    /// <summary>A silo that trains a trial whose grain lives on another silo, so that its reports as a zombie must cross the network.</summary>
    private async Task<MachineSilo> WithARemoteTrial()
    {
        while (true)
        {
            foreach (var silo in cluster.Silos)
            {
                var trial = Began().Matches(silo.Said)[^1].Groups["trial"].Value;
                if (!silo.Said.Contains($"Trial {trial}: lease 1 goes to", StringComparison.Ordinal))
                    return silo;
            }

            // The next trials may live elsewhere.
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private async Task CutOff()
    {
        await cluster.Silos[1].Machine.Cut();
        await Task.Delay(_misfortune);
        await cluster.Silos[1].Machine.Heal();
        await cluster.Silos[1].Serves(times: 2);
    }

    private async Task WithoutStore()
    {
        await cluster.Postgres.Stop(isCrash: true);
        await Task.Delay(TimeSpan.FromSeconds(20));
        await cluster.Postgres.Start();
    }

    /// <returns>Seconds of training that each slot repeats.</returns>
    private async Task<double[]> KillAll()
    {
        await Task.Delay(TimeSpan.FromSeconds(25));
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

    private string Said() => string.Concat(cluster.Silos.Select(silo => silo.Said));

    private static Figure One(string name, string unit, double value) => Figure.Of(name, unit, [value]);

    [GeneratedRegex(@"^(?<at>\S+ \S+) .*Trial (?<trial>[0-9a-f]+) of sweep s: training starts under lease \d+, from (?:the beginning|epoch \d+, batch \d+, after (?<seconds>[0-9.]+) s)", RegexOptions.Multiline)]
    private static partial Regex Began();
}
