using System.Text;
using Siamese.EndToEnd.Tests.Processes;
using Siamese.EndToEnd.Tests.Sweeps;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>A bad image is refused in the same words wherever it is given.</summary>
public sealed class BadImageTests(TrainedHome trained) : IClassFixture<TrainedHome>
{
    private readonly Home _home = trained.Home;

    [Theory]
    [InlineData("blank.pgm", "is blank: all its pixels have about the same grey value. Replace it or take it out.")]
    [InlineData("text.png", "is not a readable image: it is damaged, truncated or in an unknown format.")]
    [InlineData("cut.png", "is truncated: its end is missing. Replace it or take it out.")]
    [InlineData("empty.png", "is empty. Replace it or take it out.")]
    public async Task Every_command_says_the_same_of_a_bad_image(string name, string sentence)
    {
        string[] good = [.. (await _home.Ask("sample", "--out", "digits", "--count", "20")).List("images").Select(image => image.Text("file")!)];
        var bad = _home.WriteFile(name, name switch
        {
            "blank.pgm" => [.. "P5 28 28 255\n"u8, .. Enumerable.Repeat((byte)7, 28 * 28)],
            "text.png" => [.. "This is not an image.\n"u8],
            "cut.png" => (await File.ReadAllBytesAsync(Path.Combine(_home.Work, good[0])))[..^100],
            _ => [],
        });
        var list = List("pairs.csv", $"{bad},{good[0]}\n{good[1]},{good[2]}");
        var labelled = List("labelled.csv", $"{bad},{good[0]},same\n{good[1]},{good[2]},same\n{good[1]},{good[3]},different");
        var people = List("people.csv", $"ann,{bad}\nben,{good[1]}");

        foreach (string[] line in new[]
        {
            new[] { "verdict", bad, good[0] }, ["verdict", good[0], bad], ["identify", bad], ["enroll", "ann", bad], ["evaluate", "good", "--pairs-file", labelled],
            ["sweep", "--data", labelled],
        })
        {
            (await _home.Client(line)).Refuses(2, $"{name} {sentence}");
        }

        var enrolled = (await _home.Client("enroll", "--from", people, "--later")).Exits(4);
        Assert.Contains($"{name} {sentence}", enrolled.Out, StringComparison.Ordinal);
        var embedded = (await _home.Client("embed", "good", bad, good[1], "--out", $"{name}.npy")).Exits(4);
        Assert.Contains($"{name} {sentence}", embedded.Out + embedded.Error, StringComparison.Ordinal);
        var verdicts = Path.Combine(_home.Work, $"{name}.csv");
        (await _home.Client("verdict", "--pairs", list, "--out", verdicts)).Exits(4);
        Assert.Contains($"{name} {sentence}", await File.ReadAllTextAsync(verdicts), StringComparison.Ordinal);

        string List(string file, string rows) => _home.WriteFile(file, Encoding.UTF8.GetBytes(rows));
    }
}
