using System.Net;
using Microsoft.Playwright;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;
using static Microsoft.Playwright.Assertions;

namespace Siamese.Web.Tests.Browsers;

/// <summary>What is done with sweeps, in a real browser with a keyboard alone.</summary>
public sealed class ActionBrowserTests(ApiSilo silo, Chromium chromium) : IClassFixture<ApiSilo>, IClassFixture<Chromium>
{
    private const int Patience = 60_000;
    private const int MostTabs = 60;

    [BrowserFact]
    public async Task A_sweep_is_cancelled_and_removed_only_after_a_question()
    {
        await Submit("unwanted");
        await Submit("kept");
        await using var window = await chromium.Open(silo.Address);
        var page = window.Page;
        await page.GotoAsync(new Uri(silo.Address, "sweeps/unwanted").ToString());

        await Press(page, "Cancel…");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Cancel sweep unwanted?", new() { Timeout = Patience });
        await Press(page, "Back to the sweep");
        await Expect(page.Locator(".facts")).ToContainTextAsync("running", new() { Timeout = Patience });
        await Press(page, "Cancel…");
        await Press(page, "Cancel");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sweep unwanted", new() { Timeout = Patience });
        await Expect(page.Locator(".facts")).ToContainTextAsync("cancelled", new() { Timeout = Patience });

        await Expect(page.Locator("#actions")).ToContainTextAsync("Remove…", new() { Timeout = Patience });
        await Expect(page.Locator("#actions")).Not.ToContainTextAsync("Cancel…");
        await Press(page, "Remove…");
        await Expect(page.Locator("main")).ToContainTextAsync("This cannot be undone.", new() { Timeout = Patience });
        await window.AssertAccessible();
        Assert.Equal(SweepPhase.Cancelled, (await silo.Grains.GetGrain<ISweepGrain>("unwanted").GetProgress(0, CancellationToken.None)).Phase);
        await Press(page, "Remove");

        await Expect(page.Locator("h1")).ToHaveTextAsync("Overview", new() { Timeout = Patience });
        await Expect(page.Locator("#sweep-kept")).ToHaveCountAsync(1);
        await Expect(page.Locator("#sweep-unwanted")).ToHaveCountAsync(0);
        window.AssertNothingWrong();
        var gone = await page.GotoAsync(new Uri(silo.Address, "sweeps/unwanted").ToString());
        Assert.Equal((int)HttpStatusCode.NotFound, gone!.Status);
        Assert.Equal(SweepPhase.Running, (await silo.Grains.GetGrain<ISweepGrain>("kept").GetProgress(0, CancellationToken.None)).Phase);
    }

    /// <summary>Goes to a link or a button with the Tab key, and presses it.</summary>
    private static async Task Press(IPage page, string text)
    {
        await Expect(page.Locator("main").GetByText(text, new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Patience });
        for (var tabs = 0; tabs < MostTabs && await Focused() != text; tabs++)
            await page.Keyboard.PressAsync("Tab");
        Assert.Equal(text, await Focused());
        await page.Keyboard.PressAsync("Enter");

        Task<string> Focused() => page.EvaluateAsync<string>("document.activeElement.innerText");
    }

    private async Task Submit(string name)
    {
        await silo.Grains.GetGrain<ISweepGrain>(name).Submit(new SweepRequest { Space = SearchSpace.Of(("epochs", [2]), ("steps", [5000])), Seeds = [name.Length] }, CancellationToken.None);
        await silo.Until(name, SweepPhase.Running);
    }
}
