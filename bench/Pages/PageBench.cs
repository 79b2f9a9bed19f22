using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Siamese.Bench.Reports;
using Siamese.Bench.Silos;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Browsers;

namespace Siamese.Bench.Pages;

/// <summary>
/// The page of a sweep with 100,000 trials, over loopback: how long it takes and how much is sent, while the sweep runs and after
/// it has ended, and how soon Chromium paints it.
/// </summary>
internal static partial class PageBench
{
    private const int Points = 50_000;
    private const int Rounds = 15;
    private const int Slots = 2;
    private const string Sweep = "many";
    private const string Night = "night";
    private const int WorkingHours = 8;
    private const string Browser = "/usr/bin/chromium";

    private static readonly string[] _filters =
    [
        "where=margin:1..2&sort=-learningRate",
        "where=learningRate:..0.001+loss:contrastive&sort=seconds",
        "where=balance:0.4..0.6&state=completed&sort=-eer",
        "where=loss:triplet,nt-xent&sort=margin",
        "state=unusable&sort=epochs",
    ];

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var points = 5000;
        var rounds = options.Size(Rounds, smoke: 1);
        await using var silo = await BenchSilo.StartMadeUp(Slots);
        using var http = new HttpClient { BaseAddress = new Uri(silo.Http, "../../") };
        var grain = silo.Grains.GetGrain<ISweepGrain>(Sweep);
        await grain.Submit(Request(points), CancellationToken.None);
        Console.Error.WriteLine($"page: {2 * points} trials with made-up results");
        var running = new List<double>();
        var said = 0;
        for (var progress = await Progress(); progress.Phase is not (SweepPhase.Completed or SweepPhase.Rejected); progress = await Progress())
        {
            if (progress.EndedInAll > points)
                running.Add((await View(http, "")).Milliseconds);
            if (progress.EndedInAll / 20_000 > said)
            {
                said = progress.EndedInAll / 20_000;
                Console.Error.WriteLine($"page: {progress.EndedInAll} trials have ended");
            }

            await Task.Delay(1000);
        }

        if (running.Count > 0)
            yield return Figure.Of("page.running_ms", "ms", running);
        Console.Error.WriteLine("page: views");
        await View(http, "");
        var views = await Views(http, rounds, _ => "");
        yield return Figure.Of("page.view_ms", "ms", views.Select(view => view.Milliseconds));
        yield return Figure.Of("page.view_kb", "kB", views.Select(view => view.Bytes / 1e3));
        yield return Figure.Of("page.filter_ms", "ms", (await Views(http, rounds, round => "?" + _filters[round % _filters.Length])).Select(view => view.Milliseconds));
        yield return Figure.Of("page.marks_per_pixel", "ratio", [MarksPerPixel((await View(http, "")).Html)]);
        var listed = new List<double>();
        for (var round = 0; round < rounds; round++)
            listed.Add((await Timed(() => http.GetStringAsync(new Uri($"api/v1/sweeps/{Sweep}/trials?{_filters[round % _filters.Length].Replace("+", "&where=", StringComparison.Ordinal)}", UriKind.Relative)))).Milliseconds);
        yield return Figure.Of("page.list_ms", "ms", listed);
        yield return Figure.Of("page.silo_mb", "MB", [silo.ResidentMb]);
        if (!File.Exists(Browser))
        {
            Console.Error.WriteLine($"page: skipped Chromium; to include it, install {Browser}");
            yield break;
        }

        var (small, whole) = await Paint(new Uri(http.BaseAddress, "sweeps/"), options.Size(Rounds, smoke: 3));
        yield return Figure.Of("page.paint_ms", "ms", whole);
        yield return Figure.Of("page.paint.small_ms", "ms", small);
        await silo.Grains.GetGrain<ISweepGrain>(Night).Submit(Request(options.Size(Points, smoke: 50)), CancellationToken.None);
        await foreach (var figure in Hours(new Uri(http.BaseAddress, $"sweeps/{Night}?state=completed&state=unusable&state=running"), options.Size(OpenPage.AnHour, smoke: 4)))
            yield return figure;

        Task<SweepProgress> Progress() => grain.GetProgress(int.MaxValue, CancellationToken.None);
    }

    /// <summary>Eight hours of a page that is open.</summary>
    /// <param name="address">The page.</param>
    /// <param name="hour">Number of its refreshments in an hour.</param>
    private static async IAsyncEnumerable<Figure> Hours(Uri address, int hour)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox"] });
        var window = await browser.NewPageAsync();
        var page = await OpenPage.Open(window, address.ToString());
        var held = new List<Held>();
        for (var hours = 1; hours <= WorkingHours; hours++)
        {
            await window.EvaluateAsync("document.getElementById('plots')?.scrollIntoView()");
            await page.RefreshUntil(hours * hour);
            held.Add(await page.Measure());
            Console.Error.WriteLine($"page: open for {hours} h, {held[^1]}");
        }

        yield return Figure.Of("page.hours.growth_mb", "MB", [(held[^1].Heap - held[0].Heap) / 1e6]);
        yield return Figure.Of("page.hours.detached", "nodes", [held[^1].Detached - held[0].Detached]);
        yield return Figure.Of("page.hours.listeners", "listeners", [held[^1].Listeners - held[0].Listeners]);
    }

    /// <summary>Random points of a space of five hyperparameters, with two seeds.</summary>
    private static SweepRequest Request(int points) => new()
    {
        Space = new SearchSpace
        {
            Dimensions =
            [
                new Dimension { Hyperparameter = "loss", Values = ["contrastive", "triplet", "nt-xent"] },
                new Dimension { Hyperparameter = "margin", Range = new NumberRange(0.1, 4, IsLog: false) },
                new Dimension { Hyperparameter = "learning-rate", Range = new NumberRange(1e-4, 1e-1, IsLog: true) },
                new Dimension { Hyperparameter = "balance", Range = new NumberRange(0.1, 0.9, IsLog: false) },
                new Dimension { Hyperparameter = "batch-size", Values = [32, 64, 128] },
            ],
        },
        Search = SearchKind.Random,
        Points = points,
        Seeds = [1, 2],
    };

    private static async Task<List<(string Html, double Milliseconds, int Bytes)>> Views(HttpClient http, int rounds, Func<int, string> query)
    {
        var views = new List<(string, double, int)>();
        for (var round = 0; round < rounds; round++)
            views.Add(await View(http, query(round)));
        return views;
    }

    private static async Task<(string Html, double Milliseconds, int Bytes)> View(HttpClient http, string query)
    {
        var (html, milliseconds) = await Timed(() => http.GetStringAsync(new Uri($"sweeps/{Sweep}{query}", UriKind.Relative)));
        return (html, milliseconds, System.Text.Encoding.UTF8.GetByteCount(html));
    }

    private static async Task<(T Value, double Milliseconds)> Timed<T>(Func<Task<T>> call)
    {
        var began = Stopwatch.GetTimestamp();
        var value = await call();
        return (value, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>The largest number of marks in a plot, for each of its pixels.</summary>
    private static double MarksPerPixel(string html) => Plot().Matches(html)
        .Select(plot => Mark().Count(plot.Value) / (Number(plot, "width") * Number(plot, "height")))
        .DefaultIfEmpty().Max();

    private static double Number(Match plot, string group) => double.Parse(plot.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>First paints of a small page, which says that there is no such sweep, and of the sweep's, in turn, with files that the browser has kept from before.</summary>
    private static async Task<(List<double> Small, List<double> Whole)> Paint(Uri sweeps, int rounds)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        var (small, whole) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var (first, second) = (await Once("nobody"), await Once(Sweep));
            if (round < 0)
                continue;
            small.Add(first);
            whole.Add(second);
        }

        return (small, whole);

        async Task<double> Once(string sweep)
        {
            await page.GotoAsync(new Uri(sweeps, sweep).ToString());
            return await page.EvaluateAsync<double>(
                "new Promise(done => new PerformanceObserver(list => { for (const entry of list.getEntriesByName('first-contentful-paint')) done(entry.startTime); }).observe({ type: 'paint', buffered: true }))");
        }
    }

    [GeneratedRegex("<svg viewBox=\"0 0 (?<width>[0-9.]+) (?<height>[0-9.]+)\".*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Plot();

    [GeneratedRegex("<circle|<rect|<polyline|[ML][0-9.]+[ ,]|(?<=[0-9]),(?=[0-9.])")]
    private static partial Regex Mark();
}
