using Siamese.EndToEnd.Tests.Processes;
using Siamese.EndToEnd.Tests.Sweeps;

namespace Siamese.EndToEnd.Tests.Verdicts;

/// <summary>An ensemble exported from one cluster to a folder and imported into another.</summary>
public sealed class ExchangeTests(TrainedHome trained) : IClassFixture<TrainedHome>
{
    [Fact]
    public async Task An_imported_ensemble_gives_the_same_verdicts_as_in_its_own_home()
    {
        var home = trained.Home;
        await using var other = new Home();
        var folder = Path.Combine(home.Work, "exported");
        var files = (await home.Ask("sample", "--out", "samples", "--count", "4")).List("images").Select(image => Path.Combine(home.Work, image.Text("file")!)).ToArray();
        var exported = await home.Ask("export", "good", "--out", folder);
        (await home.Client("export", "good", "--out", folder)).Refuses(2, "already exists");

        var imported = await other.Ask("import", folder, "--name", "brought");

        Assert.Equal((exported.Text("hash"), "good@1", false), (imported.Text("hash"), imported.Text("from"), imported.At("wasThere").GetBoolean()));
        Assert.Equal(exported.Text("hash"), Assert.Single((await other.Ask("ensembles")).List("ensembles")).Text("hash"));
        (await other.Client("verdict", files[0], files[2])).Refuses(2, "add --ensemble brought");
        Assert.True((await other.Ask("import", folder, "--name", "brought", "--default")).At("wasThere").GetBoolean());
        foreach (var terms in new string[][] { [], ["--max-far", "0.001"], ["--novelty", "0.02"] })
        {
            var here = await home.Ask(["verdict", files[0], files[2], "--ensemble", "good", .. terms]);
            var there = await other.Ask(["verdict", files[0], files[2], .. terms]);
            Assert.Equal(here.Number("distance"), there.Number("distance"), 1e-5);
            Assert.Equal(here.Number("probability"), there.Number("probability"), 1e-5);
            Assert.Equal((here.Number("threshold"), here.Text("verdict"), "brought"), (there.Number("threshold"), there.Text("verdict"), there.Text("ensemble")));
            Assert.Equal(here.At("operatingPoint").ToString(), there.At("operatingPoint").ToString());
        }

        var bytes = other.BlobBytes();
        Assert.Equal(bytes, (await other.Ask("remove", "brought", "--yes")).Number("freedBytes"));
        Assert.Equal(0, other.BlobBytes());
        File.AppendAllText(Path.Combine(folder, "calibration.json"), " ");
        (await other.Client("import", folder)).Refuses(2, "calibration.json has changed since the export");
    }
}
