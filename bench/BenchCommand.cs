using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Siamese.Bench.Backbones;
using Siamese.Bench.Chaos;
using Siamese.Bench.Data;
using Siamese.Bench.Fuzz;
using Siamese.Bench.Hostile;
using Siamese.Bench.Http;
using Siamese.Bench.Identify;
using Siamese.Bench.Losses;
using Siamese.Bench.Memory;
using Siamese.Bench.Pages;
using Siamese.Bench.Readme;
using Siamese.Bench.Reports;
using Siamese.Bench.Search;
using Siamese.Bench.Sweep;
using Siamese.Bench.Train;
using Siamese.Bench.Trust;
using Siamese.Bench.Verdict;
using Siamese.Bench.Warm;
using Siamese.Testing.Machines;

namespace Siamese.Bench;

/// <summary>The command line. A new part is one folder and one line in <see cref="_parts"/>.</summary>
internal static class BenchCommand
{
    private const string Everything = "all";

    private static readonly Part[] _parts =
    [
        new("train", options => TrainBench.Run(options).ToAsyncEnumerable()),
        new("sweep", SweepBench.Run),
        new("verdict", VerdictBench.Run),
        new("http", HttpBench.Run),
        new("identify", IdentifyBench.Run),
        new("memory", MemoryBench.Run),
        new("readme", ReadmeBench.Run),
        new("page", PageBench.Run),
        new("search", options => SearchBench.Run(options).ToAsyncEnumerable()),
        new("data", options => DataBench.Run(options).ToAsyncEnumerable()),
        new("backbone", options => BackboneBench.Run(options).ToAsyncEnumerable()) { IsApart = true, Missing = options => options.Network is null && !options.IsSmoke ? "it needs --network FILE, a network in the format of ONNX" : null },
        new("losses", LossesBench.Run) { IsApart = true },
        new("fuzz", options => FuzzBench.Run(options).ToAsyncEnumerable()) { IsApart = true },
        new("hostile", HostileBench.Run) { IsApart = true, IsNeverShort = true },
        new("trust", TrustBench.Run) { IsApart = true, Missing = options => options.Mnist is null ? "it needs --mnist DIR, the folder of MNIST's IDX files" : null },
        new("warm", WarmBench.Run) { IsApart = true, Missing = options => options.Omniglot is null ? "it needs --omniglot DIR, Omniglot's folder images_background" : null },
        new("record", Recording.Run) { IsApart = true },
        new("chaos", ChaosBench.Run) { IsApart = true, IsNeverShort = true, Missing = _ => MachineCluster.Missing },
    ];

    public static RootCommand Describe()
    {
        var part = new Argument<string>("part") { Description = "what to measure", DefaultValueFactory = _ => Everything };
        part.AcceptOnlyFromAmong([.. _parts.Select(p => p.Name), Everything]);
        var format = new Option<string>("--format") { Description = "table or json", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var peer = new Option<DirectoryInfo>("--peer") { Description = "folder of third-party programs, such as torch_seed.py, to compare with ours" };
        peer.AcceptExistingOnly();
        var toEer = new Option<double?>("--to-eer") { Description = "also race the naive port to this validation EER; takes up to 300 s" };
        var minutes = new Option<double?>("--minutes") { Description = "chaos: instead of its scenes, run sweeps and verdicts for this many minutes, with a silo killed every minute; hostile: end after about this many minutes" };
        var mnist = new Option<DirectoryInfo>("--mnist") { Description = "trust: the folder of MNIST's IDX files" };
        mnist.AcceptExistingOnly();
        var strangers = new Option<DirectoryInfo>("--strangers") { Description = "trust: a folder of images of another kind, such as Fashion-MNIST's IDX files" };
        strangers.AcceptExistingOnly();
        var network = new Option<FileInfo>("--network") { Description = "backbone: a network in the format of ONNX that takes photographs" };
        network.AcceptExistingOnly();
        var omniglot = new Option<DirectoryInfo>("--omniglot") { Description = "warm: Omniglot's folder images_background" };
        omniglot.AcceptExistingOnly();
        var smoke = new Option<bool>("--smoke") { Description = "run in the shortest form, and `all` with nearly every part: shows that the benchmark works, but the figures mean nothing" };
        var save = new Option<bool>("--save") { Description = "save the figures in bench/results" };

        var root = new RootCommand("Measures Siamese against its alternatives, and against how fast a core multiplies matrices.") { part, format, peer, toEer, minutes, mnist, strangers, network, omniglot, smoke, save };
        root.SetAction(async parsed =>
        {
            var options = new BenchOptions(
                parsed.GetValue(peer), parsed.GetValue(toEer), parsed.GetValue(minutes), parsed.GetValue(mnist), parsed.GetValue(strangers), parsed.GetValue(network), parsed.GetValue(omniglot), parsed.GetValue(smoke));
            var (figures, attempts) = (new List<Figure>(), new Attempts("parts"));
            foreach (var chosen in Choose(parsed.GetRequiredValue(part), options))
            {
                var clock = Stopwatch.StartNew();
                await foreach (var figure in attempts.Try(chosen.Name, () => chosen.Measure(options)))
                    figures.Add(figure);
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{chosen.Name}: took {clock.Elapsed.TotalSeconds:0} s"));
            }

            Report(figures, parsed.GetRequiredValue(format), parsed.GetValue(save));
            if (attempts.Failures is not { } failures)
                return 0;
            await Console.Error.WriteLineAsync(failures);
            return 1;
        });
        return root;
    }

    /// <summary>The named part, or every part that can run here.</summary>
    private static IEnumerable<Part> Choose(string name, BenchOptions options)
    {
        if (name != Everything)
            return _parts.Where(part => part.Name == name);
        return _parts.Where(part => (!part.IsApart || (options.IsSmoke && !part.IsNeverShort)) && CanRun(part, options));
    }

    private static bool CanRun(Part part, BenchOptions options)
    {
        if (part.Missing(options) is not { } reason)
            return true;
        Console.Error.WriteLine($"{part.Name}: skipped: {reason}");
        return false;
    }

    private static void Report(List<Figure> figures, string format, bool save)
    {
        Console.WriteLine(format == "json" ? FigureJson.Write(figures) : FigureTable.Write(figures));
        if (save)
            Console.Error.WriteLine($"Saved {FigureJson.Save(figures, TimeProvider.System)}");
    }
}
