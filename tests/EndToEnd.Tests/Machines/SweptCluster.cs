using System.Text.Json;
using Siamese.EndToEnd.Tests.Input;
using Siamese.Testing.Machines;

namespace Siamese.EndToEnd.Tests.Machines;

/// <summary>Three silos on three machines, and the result of a small sweep that nothing disturbs.</summary>
public sealed class SweptCluster : IAsyncLifetime
{
    /// <summary>Four trials of about three seconds each on an idle core.</summary>
    public static readonly string[] Sweep = ["sweep", "--data", SmallData.Folder, "--margins", "1,2,3,4", "--epochs", "3", "--steps", "24", "--name", "s", "--format", "json"];

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private IReadOnlyList<string> _undisturbed = [];

    public MachineCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (MachineCluster.Missing is not null)
            return;
        Cluster = await MachineCluster.Start();
        await using var client = Cluster.Client(Sweep);
        await Cluster.Answer(client);
        _undisturbed = await Cluster.Blobs();
        // Weights and embeddings of four trials.
        Assert.Equal(8, _undisturbed.Count);
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null)
            await Cluster.DisposeAsync();
    }

    /// <summary>Starts the sweep on new silos and a new database, and returns when every slot is training.</summary>
    /// <param name="options">Further options of each silo.</param>
    public async Task<MachineProcess> Begin(params string[] options)
    {
        await Cluster.Renew(options: options);
        var client = Cluster.Client(Sweep);
        foreach (var silo in Cluster.Silos)
            await silo.Process.Says("training starts", 1, Patience);
        return client;
    }

    /// <summary>Checks that the result is bit-identical to that of the undisturbed sweep, and that no other blobs are left.</summary>
    public async Task EndsLikeUndisturbed(MachineProcess client) => await MatchesUndisturbed(await Cluster.Answer(client));

    /// <inheritdoc cref="EndsLikeUndisturbed"/>
    public async Task MatchesUndisturbed(JsonElement sweep)
    {
        Assert.All(sweep.List("trials"), trial => Assert.Equal("completed", trial.Text("status")));
        Assert.Equal(4, sweep.List("trials").Count);
        Assert.Equal("s", sweep.Text("ensemble"));
        Assert.All(Cluster.Completions, trial => Assert.Equal(1, trial.Value));
        Assert.Equal(_undisturbed, await Cluster.Blobs());
    }

    /// <summary>The trial that a silo started last.</summary>
    public static string Training(MachineSilo silo) =>
        silo.Said.Split('\n').Last(line => line.Contains("training starts", StringComparison.Ordinal)).Split("Trial ")[1].Split(' ')[0];
}
