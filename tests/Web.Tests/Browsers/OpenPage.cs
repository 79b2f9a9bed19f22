using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Siamese.Web.Tests.Browsers;

/// <summary>What a page holds after garbage was collected.</summary>
/// <param name="Refreshments">Number of times that it has been refreshed.</param>
/// <param name="Heap">Bytes of its scripts' objects.</param>
/// <param name="Detached">Number of nodes that are in memory but not on the page.</param>
/// <param name="Listeners">Number of listeners.</param>
/// <param name="Documents">Number of documents.</param>
internal sealed record Held(int Refreshments, long Heap, int Detached, int Listeners, int Documents)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Refreshments} refreshments: {Heap / 1e6:0.00} MB, {Detached} detached nodes, {Listeners} listeners, {Documents} documents");
}

/// <summary>A page that is left open for hours, which pass at once: its clock is put forward to each refreshment, which is a real one.</summary>
internal sealed class OpenPage
{
    /// <summary>Milliseconds between two refreshments of the page of a sweep that is being trained, if nothing happens; see `SweepModel.Every`.</summary>
    private const int Pace = 10_000;

    /// <summary>A page that misses this many refreshments in a row has stopped; a busy machine makes it miss some.</summary>
    private const int MostMissed = 60;

    /// <summary>Number of refreshments in an hour.</summary>
    public const int AnHour = 3600_000 / Pace;

    private readonly IPage _page;
    private readonly ICDPSession _tools;
    private int _refreshments;

    private OpenPage(IPage page, ICDPSession tools) => (_page, _tools) = (page, tools);

    /// <summary>Opens a page.</summary>
    public static async Task<OpenPage> Open(IPage page, string address)
    {
        await page.Clock.InstallAsync();
        await page.GotoAsync(address);
        var open = new OpenPage(page, await page.Context.NewCDPSessionAsync(page));
        await open._tools.SendAsync("HeapProfiler.enable");
        page.RequestFinished += (_, request) =>
        {
            if (request.Url == address)
                Interlocked.Increment(ref open._refreshments);
        };
        return open;
    }

    /// <summary>Lets time pass until the page has been refreshed this many times in all.</summary>
    public async Task RefreshUntil(int refreshments)
    {
        for (var (missed, before) = (0, 0); (before = Volatile.Read(ref _refreshments)) < refreshments; missed = before == Volatile.Read(ref _refreshments) ? missed + 1 : 0)
        {
            if (missed == MostMissed)
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The page was refreshed {before} times, and then no more."));
            await _page.Clock.FastForwardAsync(Pace);
            for (var waits = 0; waits < 200 && Volatile.Read(ref _refreshments) == before; waits++)
                await Task.Delay(5);
            // A script runs after the page has taken the answer in.
            await _page.EvaluateAsync("0");
        }
    }

    /// <summary>Collects garbage, and measures.</summary>
    public async Task<Held> Measure()
    {
        // What one collection frees may let go of more.
        for (var times = 0; times < 3; times++)
            await _tools.SendAsync("HeapProfiler.collectGarbage");
        var shown = await _page.EvaluateAsync<int>("(() => { const walk = document.createNodeIterator(document); let nodes = 0; while (walk.nextNode()) nodes++; return nodes; })()");
        var heap = (await _tools.SendAsync("Runtime.getHeapUsage"))!.Value;
        var counters = (await _tools.SendAsync("Memory.getDOMCounters"))!.Value;
        return new(Volatile.Read(ref _refreshments), (long)heap.GetProperty("usedSize").GetDouble(), Number(counters, "nodes") - shown, Number(counters, "jsEventListeners"), Number(counters, "documents"));
    }

    private static int Number(JsonElement counters, string name) => counters.GetProperty(name).GetInt32();
}
