using System.Text.Json;
using Siamese.Testing.Machines;
using Siamese.Testing.Signatures;
using SkiaSharp;

namespace Siamese.EndToEnd.Tests.Machines;

/// <summary>Signatures as coloured scans and as pen strokes, which a client uploads to silos on two machines.</summary>
[Collection(MachineCluster.OneAtATime)]
public sealed class UploadedKindsTests : IAsyncLifetime
{
    private const int Writers = 6, Each = 12;

    /// <summary>
    /// How much distances may differ that the same weights measure: a call that the client repeats is embedded together with
    /// the first, and sums over a larger batch group their terms otherwise.
    /// </summary>
    private const double Rounding = 1e-5;

    private static readonly SKColor[] _inks = [SKColors.DarkRed, SKColors.Navy, SKColors.Black];

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-signed-").FullName;
    private readonly SignatureGenerator _generator = new(1);
    private MachineCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        if (MachineCluster.Missing is not null)
            return;
        for (var writer = 0; writer < Writers; writer++)
        {
            for (var number = 0; number < Each; number++)
                await Write(writer, number);
        }

        _cluster = await MachineCluster.Start(silos: 2);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [MachinesFact]
    public async Task Killed_silos_lose_nothing_of_a_sweep_on_colour_images_and_pen_strokes()
    {
        await using (var undisturbed = Sweep())
            await EndsWell(undisturbed);
        var (blobs, verdict) = (await _cluster.Blobs(), await Verdict());

        await _cluster.Renew();
        await using var client = Sweep();
        foreach (var silo in _cluster.Silos)
            await silo.Process.Says("training starts", 1, SweptCluster.Patience);
        // All at once: one after the other, a trial might lose two silos, and would then be set aside.
        foreach (var silo in _cluster.Silos)
            await silo.Kill();
        foreach (var silo in _cluster.Silos)
            silo.Begin();
        foreach (var silo in _cluster.Silos)
            await silo.Process.Says("training starts", 1, SweptCluster.Patience);

        await EndsWell(client);
        Assert.Equal(blobs, await _cluster.Blobs());
        Assert.Equal(verdict, await Verdict(), Rounding);
    }

    private MachineProcess Sweep() => _cluster.Client(
        "sweep", "--data", _folder, "--inputs", "both", "--colour", "rgb", "--fit", "ink", "--input-sizes", "24x72", "--seeds", "1,2",
        "--epochs", "3", "--steps", "24", "--batch-sizes", "24", "--name", "s", "--format", "json");

    private async Task EndsWell(MachineProcess client)
    {
        var trials = (await _cluster.Answer(client)).List("trials");
        Assert.Equal(["conv rgb", "conv rgb", "strokes -", "strokes -"], trials.Select(trial => $"{Of(trial).Text("encoder")} {Of(trial).Text("colour") ?? "-"}").Order());
        Assert.All(trials, trial => Assert.Equal("completed", trial.Text("status")));
        Assert.All(trials, trial => Assert.InRange(trial.At("validation").Number("eer"), 0, 0.45));

        static JsonElement Of(JsonElement trial) => trial.At("hyperparameters");
    }

    /// <summary>The distance that all members agree on for two signatures, by their images and their strokes.</summary>
    private async Task<double> Verdict()
    {
        var verdict = await _cluster.Ask("verdict", Stem(0, 0) + ".png", Stem(1, 0) + ".png", "--ensemble", "s");
        Assert.Equal(0, verdict.At("absent").GetArrayLength());
        return verdict.Number("distance");
    }

    private string Stem(int writer, int number) => Path.Combine(_folder, $"writer_{writer}", $"{number:00}");

    private async Task Write(int writer, int number)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Stem(writer, number))!);
        var drawing = _generator.Genuine(writer, number);
        await using var strokes = new StreamWriter(Stem(writer, number) + ".csv");
        drawing.WriteStrokes(strokes);
        await File.WriteAllBytesAsync(Stem(writer, number) + ".png", Coloured(drawing.ToPng(), _inks[writer % _inks.Length]));
    }

    /// <summary>A grey scan as if it was signed in this colour.</summary>
    private static byte[] Coloured(byte[] scan, SKColor ink)
    {
        using var grey = SKBitmap.Decode(scan);
        using var coloured = new SKBitmap(grey.Width, grey.Height);
        using (var canvas = new SKCanvas(coloured))
        {
            canvas.DrawBitmap(grey, 0, 0, SKSamplingOptions.Default);
            canvas.DrawColor(ink, SKBlendMode.Screen);
        }

        using var png = coloured.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
