using System.Text;
using Siamese.EndToEnd.Tests.Processes;
using Siamese.EndToEnd.Tests.Sweeps;

namespace Siamese.EndToEnd.Tests.Galleries;

/// <summary>References stay enrolled after the silo that enrolled them dies.</summary>
public sealed class IdentifyTests(TrainedHome trained) : IClassFixture<TrainedHome>
{
    private readonly Home _home = trained.Home;

    [Fact]
    public async Task An_enrolled_reference_is_found_by_another_silo_at_the_distance_of_a_verdict()
    {
        // Two images of each digit; one of them is enrolled.
        var files = (await _home.Ask("sample", "--out", "digits", "--count", "20", "--seed", "7")).List("images").Select(image => image.Text("file")!).ToArray();
        var rows = Enumerable.Range(0, 10).Select(i => $"digit {Path.GetFileName(files[2 * i])[0]},{files[2 * i]}");
        _home.WriteFile("who.csv", Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        Assert.Equal(10, (await _home.Ask("enroll", "--from", "who.csv")).Number("added"));

        await _home.KillSilo();

        var right = 0;
        for (var i = 0; i < 10; i++)
        {
            var found = await _home.Ask("identify", files[(2 * i) + 1], "--top", "3");
            Assert.Equal((3, 10), (found.List("matches").Count, found.Number("references")));
            right += found.List("matches")[0].Text("name") == $"digit {Path.GetFileName(files[2 * i])[0]}" ? 1 : 0;
        }

        Assert.True(right >= 8, $"{right} of 10 were right.");
        var itself = await _home.Ask("identify", files[0], "--ensemble", "good@1");
        Assert.Equal($"digit {Path.GetFileName(files[0])[0]}", itself.Text("identified"));
        Assert.Equal(0, itself.List("matches")[0].Number("distance"), 1e-4);
        var second = itself.List("matches")[1];
        var other = files.Single(file => Array.IndexOf(files, file) % 2 == 0 && second.Text("name") == $"digit {Path.GetFileName(file)[0]}");
        Assert.Equal((await _home.Ask("verdict", files[0], other)).Number("distance"), second.Number("distance"), 1e-5);
    }
}
