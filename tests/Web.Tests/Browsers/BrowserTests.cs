using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;
using static Microsoft.Playwright.Assertions;

namespace Siamese.Web.Tests.Browsers;

/// <summary>The pages in a real browser. With SIAMESE_SCREENSHOTS=FOLDER, pictures of them are kept.</summary>
public sealed class BrowserTests(ApiSilo silo, Chromium chromium) : IClassFixture<ApiSilo>, IClassFixture<Chromium>
{
    private static readonly (string Name, string Address)[] _pages =
    [
        ("overview", ""),
        ("sweep", "sweeps/shown"),
        ("filtered", "sweeps/shown?state=unusable&state=completed&where=margin:2..&sort=-seconds"),
        ("live", "sweeps/underway"),
        ("ensembles", "ensembles"),
        ("ensemble", "ensembles/shown"),
        ("map", "ensembles/shown/versions/1/map?images=60&classes=4,9&shifts=true"),
        ("trial", "trials/{trial}"),
        ("new-sweep", "new-sweep?margin=1,2,5&name=digits&search=grid"),
        ("question", "sweeps/shown/remove"),
        ("plots", "sweeps/shown/plots"),
        ("importance", "sweeps/shown/importance"),
        ("compare", "compare?a=shown&b=underway"),
        ("extend", "sweeps/drawn/extend"),
    ];

    [BrowserFact]
    public async Task Every_page_fits_a_wide_and_a_narrow_window_in_light_and_dark()
    {
        await Submit("shown", [1, 2, 5, 1000], steps: 20);
        await silo.Until("shown", SweepPhase.Completed);
        await Submit("underway", [1, 2, 3], steps: 5000);
        await silo.Grains.GetGrain<ISweepGrain>("drawn").Submit(new SweepRequest { Space = SearchSpace.Of(("margin", [1, 2, 5])), Search = SearchKind.Random, Points = 2 }, CancellationToken.None);
        await silo.Until("drawn", SweepPhase.Running);
        var trial = (await silo.Grains.GetGrain<ISweepGrain>("shown").GetTrials(CancellationToken.None))[0].Trial;
        foreach (var width in new[] { 1280, 390 })
        {
            foreach (var isDark in new[] { false, true })
            {
                await using var window = await chromium.Open(silo.Address, width, isDark);
                foreach (var (name, address) in _pages)
                {
                    await window.Page.GotoAsync(new Uri(silo.Address, address.Replace("{trial}", trial, StringComparison.Ordinal)).ToString());
                    await window.AssertFits();
                    await window.Screenshot($"{name}-{width}-{(isDark ? "dark" : "light")}");
                    window.AssertNothingWrong();
                    await window.AssertAccessible();
                }

                await window.Page.GotoAsync(new Uri(silo.Address, "sweeps/nobody").ToString());
                await window.AssertFits();
            }
        }
    }

    [BrowserFact]
    public async Task A_range_of_an_axis_is_chosen_with_the_pointer_and_with_the_keyboard_and_filters_the_table()
    {
        await Submit("brushed", [1, 2, 5, 1000], steps: 20);
        await silo.Until("brushed", SweepPhase.Completed);
        await using var window = await chromium.Open(silo.Address);
        var page = window.Page;
        await page.GotoAsync(new Uri(silo.Address, "sweeps/brushed?state=completed&state=unusable").ToString());
        await page.Locator("#plots-part").ScrollIntoViewIfNeededAsync();
        var axis = page.GetByRole(Microsoft.Playwright.AriaRole.Slider, new() { Name = "Range of margin" });
        await Expect(axis).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await Expect(page.Locator("#partial")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        // Parts of the page come one after the other, and move what is below them, even while somebody drags.
        for (var tries = 0; tries < 5 && !IsBrushed(page.Url); tries++)
        {
            await axis.HoverAsync();
            var box = (await axis.BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + box.Height - 1);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new() { Steps = 4 });
            await page.Mouse.UpAsync();
            await Task.WhenAny(page.WaitForURLAsync(IsBrushed, new() { Timeout = 60_000 }), Task.Delay(5000));
        }

        await Expect(page.Locator("tr[id^=trial-]")).ToHaveCountAsync(3);

        await page.GotoAsync(new Uri(silo.Address, "sweeps/brushed?state=completed&state=unusable").ToString());
        await page.Locator("#plots-part").ScrollIntoViewIfNeededAsync();
        await axis.FocusAsync();
        for (var steps = 0; steps < 10; steps++)
            await page.Keyboard.PressAsync("ArrowDown");
        Assert.StartsWith("..", await axis.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(IsBrushed, new() { Timeout = 60_000 });
        await Expect(page.Locator("tr[id^=trial-]")).ToHaveCountAsync(3);
        await window.Screenshot("brushed-1280-light");
        window.AssertNothingWrong();
    }

    [BrowserFact]
    public async Task A_sweep_is_followed_to_its_end_without_loading_the_page_again_or_losing_what_is_typed()
    {
        await Submit("followed", [2, 5], steps: 30);
        await using var window = await chromium.Open(silo.Address);
        var page = window.Page;
        await page.GotoAsync(new Uri(silo.Address, "sweeps/followed").ToString());
        await page.EvaluateAsync("window.isSame = true");
        await page.Locator("input[name=where]").FillAsync("margin:1..");

        await Expect(page.Locator(".facts")).ToContainTextAsync("completed", new() { Timeout = 300_000 });
        await Expect(page.Locator("tr[id^=trial-], tr[id^=apart-]")).ToHaveCountAsync(2);

        Assert.True(await page.EvaluateAsync<bool>("window.isSame"));
        Assert.Equal("margin:1..", await page.Locator("input[name=where]").InputValueAsync());
        Assert.Equal("where", await page.EvaluateAsync<string>("document.activeElement.name"));
        window.AssertNothingWrong();
    }

    [BrowserFact]
    public async Task A_page_that_loses_the_cluster_says_so_keeps_its_content_and_finds_the_cluster_again()
    {
        await silo.Train();
        await using var window = await chromium.Open(silo.Address);
        var page = window.Page;
        await page.GotoAsync(silo.Address.ToString());

        await page.Context.SetOfflineAsync(true);
        await Expect(page.Locator("#connection")).ToContainTextAsync("Not connected since", new() { Timeout = 30_000 });
        Assert.Contains(ApiSilo.Ensemble, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("#connection")).ToBeEmptyAsync(new() { Timeout = 30_000 });
    }

    [BrowserFact]
    public async Task A_silo_that_restarts_under_an_open_page_is_reported_and_found_again_and_nothing_of_the_view_is_lost()
    {
        await silo.Train();
        await using var window = await chromium.Open(silo.Address);
        var page = window.Page;
        var address = new Uri(silo.Address, $"sweeps/{ApiSilo.Ensemble}?sort=-seconds").ToString();
        await page.GotoAsync(address);
        await page.EvaluateAsync("window.isSame = true");
        await page.Locator("input[name=where]").FillAsync("margin:1..");

        await silo.Restart(async () =>
        {
            await Expect(page.Locator("#connection")).ToContainTextAsync("Not connected since", new() { Timeout = 60_000 });
            await Expect(page.Locator("tr[id^=trial-]")).ToHaveCountAsync(2);
        });

        await Expect(page.Locator("#connection")).ToBeEmptyAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator("tr[id^=trial-]")).ToHaveCountAsync(2);
        Assert.True(await page.EvaluateAsync<bool>("window.isSame"));
        Assert.Equal("margin:1..", await page.Locator("input[name=where]").InputValueAsync());
        Assert.Equal(address, page.Url);
    }

    [BrowserFact]
    public async Task It_can_be_used_with_the_keyboard_alone()
    {
        await silo.Train();
        await using var window = await chromium.Open(silo.Address);
        var page = window.Page;
        await page.GotoAsync(silo.Address.ToString());

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("document.activeElement.innerText"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        for (var tabs = 0; tabs < 20 && await page.EvaluateAsync<string>("document.activeElement.innerText") != ApiSilo.Ensemble; tabs++)
            await page.Keyboard.PressAsync("Tab");
        Assert.Equal(ApiSilo.Ensemble, await page.EvaluateAsync<string>("document.activeElement.innerText"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync($"Sweep {ApiSilo.Ensemble}", new() { Timeout = 60_000 });
    }

    private static bool IsBrushed(string address) => address.Contains("where=margin", StringComparison.Ordinal);

    private async Task Submit(string name, int[] margins, int steps)
    {
        await silo.Grains.GetGrain<ISweepGrain>(name).Submit(
            new SweepRequest { Space = SearchSpace.Of(("epochs", [2]), ("steps", [steps]), ("margin", [.. margins.Select(margin => (HyperparameterValue)margin)])) }, CancellationToken.None);
        await silo.Until(name, SweepPhase.Running, SweepPhase.Forming, SweepPhase.Completed);
    }
}
