using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Siamese.EndToEnd.Tests.Input;
using Siamese.Testing.Machines;
using Siamese.Testing.Networks;

namespace Siamese.EndToEnd.Tests.Machines;

/// <summary>Machines that compute the features of one data set.</summary>
[Collection(MachineCluster.OneAtATime)]
public sealed partial class SharedFeaturesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-features-").FullName;
    private MachineCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        // Enlarging an image takes some milliseconds, and computing so few features none.
        await File.WriteAllBytesAsync(Path.Combine(_folder, "small.onnx"), new SmallNetwork { Sizes = ["N", 3, 640, 640] }.Write());
        if (MachineCluster.Missing is null)
            _cluster = await MachineCluster.Start();
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [MachinesFact]
    public async Task Machines_share_the_work_and_lose_nothing_if_one_is_killed()
    {
        await using var client = _cluster.Client([.. Sweep("first"), "--margins", "1,2,3", "--format", "json"]);
        foreach (var silo in _cluster.Silos)
            await silo.Process.Says("training starts", 1, SweptCluster.Patience);
        await _cluster.Silos[2].Kill();

        AssertCompleted(await _cluster.Answer(client), trials: 3);

        var survivors = _cluster.Silos.Take(2).Select(silo => Computed(silo)).ToList();
        Assert.All(survivors, its => Assert.Contains(its, one => one is { Computed: > 0, Of: 750 }));
        Assert.InRange(survivors.Sum(its => its.Sum(one => one.Computed)), 1, 750);
        // A later sweep computes nothing.
        AssertCompleted(await _cluster.Ask([.. Sweep("second"), "--margins", "4"]), trials: 1);
        Assert.Equal(survivors, _cluster.Silos.Take(2).Select(silo => Computed(silo).Where(one => one.Computed > 0).ToList()));
        await _cluster.CheckStore();
    }

    private string[] Sweep(string name) =>
        ["sweep", .. SmallData.InShortEpochs, "--backbone", Path.Combine(_folder, "small.onnx"), "--encoders", "linear", "--epochs", "1", "--name", name];

    private static void AssertCompleted(JsonElement sweep, int trials)
    {
        Assert.Equal(trials, sweep.List("trials").Count);
        Assert.All(sweep.List("trials"), trial => Assert.Equal("completed", trial.Text("status")));
    }

    private static List<(int Computed, int Of)> Computed(MachineSilo silo) =>
        [.. Line().Matches(silo.Said).Select(match => (Number(match, "computed"), Number(match, "of"))).Where(one => one.Item1 > 0)];

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("Computed the features of (?<computed>[0-9]+) of (?<of>[0-9]+) images")]
    private static partial Regex Line();
}
