using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;
using Xunit.Abstractions;

namespace Siamese.Web.Tests.Browsers;

/// <summary>A page that stays open for long. Here an hour passes, an eighth of a working day; the bench has all of it.</summary>
public sealed class LongOpenPageTests(ApiSilo silo, Chromium chromium, ITestOutputHelper output) : IClassFixture<ApiSilo>, IClassFixture<Chromium>
{
    private const int Parts = 6;
    private const long HeapTolerance = 1_500_000;
    private const int Tolerance = 200;

    [BrowserFact]
    public async Task The_page_of_a_sweep_holds_no_more_after_an_hour_of_refreshments_than_after_ten_minutes()
    {
        await silo.Grains.GetGrain<ISweepGrain>("night").Submit(
            new SweepRequest { Space = SearchSpace.Of(("epochs", [1]), ("steps", [1]), ("margin", [.. Enumerable.Range(1, 400).Select(margin => (HyperparameterValue)(margin / 100.0))])) }, CancellationToken.None);
        await silo.Until("night", SweepPhase.Running);
        await using var window = await chromium.Open(silo.Address);
        var page = await OpenPage.Open(window.Page, new Uri(silo.Address, "sweeps/night?state=completed&state=unusable&state=running").ToString());

        var held = new List<Held>();
        for (var part = 1; part <= Parts; part++)
        {
            // Plots are loaded while they are in sight.
            await window.Page.EvaluateAsync("document.getElementById('plots')?.scrollIntoView()");
            await page.RefreshUntil(part * OpenPage.AnHour / Parts);
            held.Add(await page.Measure());
            output.WriteLine(held[^1].ToString());
        }

        var said = string.Join("\n", held);
        Assert.True(held[^1].Heap - held[0].Heap < HeapTolerance, said);
        Assert.True(held[^1].Detached - held[0].Detached < Tolerance, said);
        Assert.True(held[^1].Listeners - held[0].Listeners < Tolerance, said);
        Assert.True(held[^1].Documents - held[0].Documents < 3, said);
        window.AssertNothingWrong();
    }
}
