using System.Text.Json;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>Data that the client uploads to a silo.</summary>
public sealed class UploadTests(SampledHome sampled) : IClassFixture<SampledHome>
{
    private readonly Home _home = sampled.Home;

    [Fact]
    public async Task Uploaded_data_gives_the_same_trials_as_the_data_at_its_path()
    {
        sampled.CopyClasses("own digits");
        string[] sweep = ["sweep", "--data", "own digits", "--epochs", "2", "--steps", "20", "--batch-sizes", "40"];
        await using var silo = await HandStartedSilo.Start(
            _home, "--slots", "1", "--store", $"sqlite:{Path.Combine(_home.Work, "cluster.db")}", "--cache", Path.Combine(_home.Work, "cache"));
        var atPath = await _home.Ask([.. sweep, "--name", "at-path"]);

        var first = await _home.Client([.. sweep, "--name", "uploaded", "--silo", silo.Gateway, "--format", "json"]);
        var again = await _home.Client([.. sweep, "--name", "again", "--silo", silo.Gateway, "--format", "json"]);

        Assert.Equal(Trials(atPath), Trials(first.Exits(0).Document));
        Assert.Contains("Uploaded own digits", first.Error, StringComparison.Ordinal);
        Assert.Equal("own digits", (await _home.Ask("status", "uploaded", "--silo", silo.Gateway)).Text("data"));
        Assert.Equal(300, Directory.EnumerateFiles(Path.Combine(_home.Work, "cache"), "*.png", SearchOption.AllDirectories).Count());
        Assert.True(Assert.Single(again.Exits(0).Document.List("trials")).At("reused").GetBoolean());
        Assert.DoesNotContain("Upload", again.Error, StringComparison.Ordinal);

        foreach (var name in new[] { "uploaded", "again" })
            await _home.Ask("remove", name, "--yes", "--silo", silo.Gateway);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_home.Work, "blobs"), "*", SearchOption.AllDirectories));
    }

    private static IEnumerable<string?> Trials(JsonElement sweep) => sweep.List("trials").Select(trial => trial.Text("trial"));
}
