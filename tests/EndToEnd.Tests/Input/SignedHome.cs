using Siamese.EndToEnd.Tests.Processes;
using Siamese.Testing.Signatures;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>
/// A home with made-up signatures of eight writers, twenty each: `pens` as pen strokes, `both` as scans and as strokes. In `both`, the scans of the
/// first four writers are mixed up, and so are the strokes of the other four: only together do they tell all writers apart.
/// </summary>
public sealed class SignedHome : IAsyncLifetime
{
    private const int Writers = 8, Each = 20;

    private readonly SignatureGenerator _generator = new(1);

    public Home Home { get; } = new();

    public Task InitializeAsync()
    {
        for (var writer = 0; writer < Writers; writer++)
        {
            for (var number = 0; number < Each; number++)
            {
                Write(Drawn("pens", writer, number, ".csv"), Strokes(writer, number));
                Write(Drawn("both", writer, number, ".csv"), Strokes(writer < Writers / 2 ? writer : MixedUp(writer, number), number));
                Write(Drawn("both", writer, number, ".png"), _generator.Genuine(writer < Writers / 2 ? MixedUp(writer, number) : writer, number).ToPng());
            }
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await Home.DisposeAsync();

    /// <summary>The file of a signature.</summary>
    public string Drawn(string folder, int writer, int number, string extension) => Path.Combine(Home.Work, folder, $"writer_{writer}", $"{number:00}{extension}");

    /// <summary>Another writer of the same half.</summary>
    private static int MixedUp(int writer, int number) => (Writers / 2 * (writer / (Writers / 2))) + ((writer + number) % (Writers / 2));

    private byte[] Strokes(int writer, int number)
    {
        using var text = new StringWriter();
        _generator.Genuine(writer, number).WriteStrokes(text);
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
