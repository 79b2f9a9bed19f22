using System.Diagnostics;
using System.Text.Json;
using Siamese.Bench.Reports;
using Siamese.Contracts.Local;
using Siamese.Testing;

namespace Siamese.Bench.Readme;

/// <summary>
/// The README's first command after the build, on an empty data folder: the client as a process, the local silo that it
/// starts, and everything they do until the prompt returns. Each round uses a different seed; the first uses the README's.
/// </summary>
internal static class ReadmeBench
{
    private static readonly string[] _seeds = ["1", "2", "3"];

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var (seconds, eers) = (new List<double>(), new List<double>());
        foreach (var seed in _seeds[..options.Size(_seeds.Length, smoke: 1)])
        {
            Console.Error.WriteLine($"readme: client sweep --margins 1,2,5 --seeds {seed}");
            string[] shorter = options.Size<string[]>([], smoke: ["--epochs", "1"]);
            var home = Directory.CreateTempSubdirectory("siamese-bench-");
            try
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await Client(home, ["sweep", "--margins", "1,2,5", "--seeds", seed, "--format", "json", .. shorter]);
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                eers.Add(answer.GetProperty("test").GetProperty("eer").GetDouble());
            }
            finally
            {
                await EndSilo(home);
            }
        }

        yield return Figure.Of("readme.seconds", "s", seconds);
        yield return Figure.Of("readme.eer", "test EER of the ensemble", eers);
    }

    private static async Task<JsonElement> Client(DirectoryInfo home, params string[] arguments)
    {
        var start = new ProcessStartInfo(Built.Client, arguments) { RedirectStandardOutput = true };
        start.Environment[DataFolder.Variable] = home.FullName;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<JsonElement>(output)
            : throw new InvalidOperationException($"client {string.Join(' ', arguments)} exited with code {process.ExitCode}: {output}");
    }

    /// <summary>The silo would exit by itself half a minute later.</summary>
    private static async Task EndSilo(DirectoryInfo home)
    {
        try
        {
            if (SiloFile.TryRead(home.FullName) is { } silo)
            {
                using var process = Process.GetProcessById(silo.Pid);
                process.Kill();
                await process.WaitForExitAsync();
            }
        }
        catch (ArgumentException)
        {
            // It has already exited.
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
