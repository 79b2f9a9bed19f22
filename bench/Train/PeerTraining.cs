using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Siamese.Model.Data;

namespace Siamese.Bench.Train;

/// <summary>
/// The article's training in plain PyTorch: runs a folder's `torch_seed.py` with Debian's Python on the same images. The
/// program times itself, so that neither Python's startup nor its evaluation counts.
/// </summary>
internal sealed partial class PeerTraining : IDisposable
{
    private const string Python = "/usr/bin/python3"; // Debian's python3-torch is installed for this Python only.

    private readonly string _program;
    private readonly DirectoryInfo _images = Directory.CreateTempSubdirectory("siamese-bench-");

    private PeerTraining(string program) => _program = program;

    /// <summary>The program in a folder; null if the program, or a Python with torch, is missing.</summary>
    public static PeerTraining? In(DirectoryInfo folder)
    {
        var program = Path.Combine(folder.FullName, "torch_seed.py");
        if (!File.Exists(program) || !File.Exists(Python) || !HasTorch())
            return null;
        var peer = new PeerTraining(program);
        foreach (var part in (ReadOnlySpan<string>)["train", "t10k"])
        {
            peer.Unpack($"{part}-images-idx3-ubyte.gz");
            peer.Unpack($"{part}-labels-idx1-ubyte.gz");
        }

        return peer;
    }

    public double PairsPerSecond(int batchSize, int pairs)
    {
        string[] arguments = [_program, _images.FullName, "--threads", "1", "--batch", Text(batchSize), "--epochs", "1", "--pairs", Text(pairs)];
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var rate = Rate().Match(output);
        if (process.ExitCode != 0 || !rate.Success)
            throw new InvalidOperationException($"{_program} failed with code {process.ExitCode}: {output}");
        return double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    public void Dispose() => _images.Delete(recursive: true);

    private static bool HasTorch()
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import torch"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([\d.]+) pairs/s")]
    private static partial Regex Rate();

    private void Unpack(string name)
    {
        using var packed = typeof(DataSets).Assembly.GetManifestResourceStream($"mnist-mini/{name}")!;
        using var file = File.Create(Path.Combine(_images.FullName, name));
        packed.CopyTo(file);
    }
}
