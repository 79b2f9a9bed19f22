using System.CommandLine;
using Siamese.Bench.Chaos;
using Siamese.Bench.Identify;
using Siamese.Bench.Losses;
using Siamese.Bench.Memory;
using Siamese.Bench.Readme;
using Siamese.Bench.Reports;
using Siamese.Bench.Search;
using Siamese.Bench.Sweep;
using Siamese.Bench.Train;
using Siamese.Bench.Trust;
using Siamese.Bench.Verdict;

namespace Siamese.Bench;

/// <summary>The command line. A new part is one folder and one line in <see cref="_parts"/>.</summary>
internal static class BenchCommand
{
    private const string Everything = "all";

    /// <summary>Not part of <see cref="Everything"/>: it needs root, and measures what survives.</summary>
    private const string Chaos = "chaos";

    /// <summary>Not part of <see cref="Everything"/>: it measures how well each loss learns rather than speed, and is slow.</summary>
    private const string Losses = "losses";

    /// <summary>Not part of <see cref="Everything"/>: it needs MNIST, and measures whether verdicts can be trusted.</summary>
    private const string Trust = "trust";

    /// <summary>Trains the table that `search` replays. Done once, and kept.</summary>
    private const string Record = "record";

    private static readonly (string Name, Func<BenchOptions, IAsyncEnumerable<Figure>> Run)[] _parts =
    [
        ("train", options => TrainBench.Run(options).ToAsyncEnumerable()),
        ("sweep", SweepBench.Run),
        ("verdict", VerdictBench.Run),
        ("identify", IdentifyBench.Run),
        ("memory", MemoryBench.Run),
        ("readme", ReadmeBench.Run),
        ("search", _ => SearchBench.Run().ToAsyncEnumerable()),
        (Losses, LossesBench.Run),
        (Trust, TrustBench.Run),
        (Record, Recording.Run),
        (Chaos, ChaosBench.Run),
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
        var minutes = new Option<double?>("--minutes") { Description = "chaos: instead of its scenes, run sweeps and verdicts for this many minutes, with a silo killed every minute" };
        var mnist = new Option<DirectoryInfo>("--mnist") { Description = "trust: the folder of MNIST's IDX files" };
        mnist.AcceptExistingOnly();
        var strangers = new Option<DirectoryInfo>("--strangers") { Description = "trust: a folder of images of another kind, such as Fashion-MNIST's IDX files" };
        strangers.AcceptExistingOnly();
        var save = new Option<bool>("--save") { Description = "save the figures in bench/results" };

        var root = new RootCommand("Measures Siamese against its alternatives, and against how fast a core multiplies matrices.") { part, format, peer, toEer, minutes, mnist, strangers, save };
        root.SetAction(async parsed =>
        {
            try
            {
                await Measure(
                    parsed.GetRequiredValue(part),
                    new BenchOptions(parsed.GetValue(peer), parsed.GetValue(toEer), parsed.GetValue(minutes), parsed.GetValue(mnist), parsed.GetValue(strangers)),
                    figures => Report(figures, parsed.GetRequiredValue(format), parsed.GetValue(save)));
                return 0;
            }
            catch (Exception e)
            {
                await Console.Error.WriteLineAsync($"The benchmark failed: {e}");
                return 1;
            }
        });
        return root;
    }

    /// <summary>Reports what was measured even if a part fails.</summary>
    private static async Task Measure(string part, BenchOptions options, Action<List<Figure>> report)
    {
        var figures = new List<Figure>();
        try
        {
            foreach (var (_, run) in _parts.Where(p => part == p.Name || (part == Everything && p.Name is not (Chaos or Losses or Trust or Record))))
            {
                await foreach (var figure in run(options))
                    figures.Add(figure);
            }
        }
        finally
        {
            report(figures);
        }
    }

    private static void Report(List<Figure> figures, string format, bool save)
    {
        Console.WriteLine(format == "json" ? FigureJson.Write(figures) : FigureTable.Write(figures));
        if (save)
            Console.Error.WriteLine($"Saved {FigureJson.Save(figures, TimeProvider.System)}");
    }
}
