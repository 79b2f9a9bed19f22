using System.Text.Json;
using Siamese.Testing.Machines;

namespace Siamese.EndToEnd.Tests.Machines;

/// <summary>Three silos on three machines, and what a small sweep comes to where nothing happens to it.</summary>
public sealed class SweptCluster : IAsyncLifetime
{
    /// <summary>Six trials of some four seconds on a core that has nothing else to do.</summary>
    public static readonly string[] Sweep = ["sweep", "--margins", "1,2,5", "--seeds", "1,2", "--epochs", "6", "--name", "s", "--format", "json"];

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private IReadOnlyList<string> _undisturbed = [];

    public MachineCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (MachineCluster.Missing is not null)
            return;
        Cluster = await MachineCluster.Start();
        await using var client = Cluster.Client(Sweep);
        await MachineCluster.Answer(client);
        _undisturbed = await Cluster.Blobs();
        // Weights and embeddings of six trials.
        Assert.Equal(12, _undisturbed.Count);
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null)
            await Cluster.DisposeAsync();
    }

    /// <summary>Starts the sweep on silos and a database that are new, and returns when every slot trains.</summary>
    /// <param name="options">Further options of each silo.</param>
    public async Task<MachineProcess> Begin(params string[] options)
    {
        await Cluster.Renew(options: options);
        var client = Cluster.Client(Sweep);
        foreach (var silo in Cluster.Silos)
            await silo.Process.Says("training starts", 1, Patience);
        return client;
    }

    /// <summary>Checks that the sweep came to what it comes to undisturbed, to the last bit, and left nothing lying about.</summary>
    public async Task EndsAsUndisturbed(MachineProcess client) => await IsAsUndisturbed(await MachineCluster.Answer(client));

    /// <inheritdoc cref="EndsAsUndisturbed"/>
    public async Task IsAsUndisturbed(JsonElement sweep)
    {
        Assert.All(sweep.List("trials"), trial => Assert.Equal("completed", trial.Text("status")));
        Assert.Equal(6, sweep.List("trials").Count);
        Assert.Equal("s", sweep.Text("ensemble"));
        Assert.All(Cluster.Completions, trial => Assert.Equal(1, trial.Value));
        Assert.Equal(_undisturbed, await Cluster.Blobs());
    }

    /// <summary>The trial that a silo began last.</summary>
    public static string Training(MachineSilo silo) =>
        silo.Said.Split('\n').Last(line => line.Contains("training starts", StringComparison.Ordinal)).Split("Trial ")[1].Split(' ')[0];
}
