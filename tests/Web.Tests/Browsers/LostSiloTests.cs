using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Siamese.Testing.Postgres;
using Siamese.Web.Tests.Silos;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Siamese.Web.Tests.Browsers;

/// <summary>Open pages whose silo is killed, or whose store goes away: real processes, a real browser, and a sweep that is under way.</summary>
public sealed class LostSiloTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>, IDisposable
{
    private const int Patience = 300_000;
    private const int Trials = 9;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siamese-lost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [BrowserFact]
    public async Task A_silo_that_is_killed_under_an_open_page_is_reported_another_takes_over_and_the_page_follows_the_sweep_to_its_end()
    {
        await using var first = await SiloProcess.Start(_folder);
        await using var second = await SiloProcess.Start(_folder);
        await Submit(first, "killed", Trials, steps: 20);
        await using var window = await chromium.Open(first.Address);
        var page = window.Page;
        var address = new Uri(first.Address, "sweeps/killed?sort=-seconds&where=margin:0..").ToString();
        await page.GotoAsync(address);
        await Expect(page.Locator("#elsewhere a")).ToHaveCountAsync(1, new() { Timeout = Patience });
        // In the middle of the sweep.
        await Expect(page.Locator(".facts")).ToContainTextAsync(new Regex($@"\b[2-9] of {Trials}"), new() { Timeout = Patience });
        await page.EvaluateAsync("window.isSame = true");
        var typed = page.Locator("input[name=where]");
        await typed.FillAsync("margin:1.. loss:trip");
        await page.EvaluateAsync("scrollTo(0, document.getElementById('trials').offsetTop)");

        await first.Kill();

        await Expect(page.Locator("#connection")).ToContainTextAsync("Not connected since", new() { Timeout = Patience });
        var link = page.Locator("#elsewhere a");
        await Expect(link).ToHaveTextAsync(second.Address.ToString());
        Assert.Equal(new Uri(second.Address, "sweeps/killed?sort=-seconds&where=margin:0.."), new Uri((await link.GetAttributeAsync("href"))!));
        Assert.NotEqual(0, await page.Locator("tr[id^=trial-]").CountAsync());
        await AssertKept();
        await window.Screenshot("lost-1280-light");

        // The other silo needs some seconds to notice; until then its page says why it shows nothing, and tries again.
        var other = await page.Context.RunAndWaitForPageAsync(() => link.ClickAsync(new() { Modifiers = [KeyboardModifier.Control] }));
        await Expect(other.Locator("h1")).ToHaveTextAsync("Sweep killed", new() { Timeout = Patience });
        await Expect(other.Locator(".facts")).ToContainTextAsync("running");
        Assert.Equal("margin:0..", await other.Locator("input[name=where]").InputValueAsync());
        await typed.FocusAsync();

        await first.Start();

        await Expect(page.Locator("#connection")).ToBeEmptyAsync(new() { Timeout = Patience });
        await Expect(page.Locator("#elsewhere")).ToBeHiddenAsync();
        await AssertKept();
        try
        {
            await Expect(page.Locator(".facts")).ToContainTextAsync("completed", new() { Timeout = Patience });
        }
        finally
        {
            output.WriteLine($"{first.Log}\n{second.Log}");
        }

        await Expect(page.Locator(".facts")).ToContainTextAsync($"{Trials} of {Trials}");
        await Expect(other.Locator(".facts")).ToContainTextAsync("completed", new() { Timeout = Patience });
        await AssertKept();

        async Task AssertKept()
        {
            Assert.True(await page.EvaluateAsync<bool>("window.isSame"));
            Assert.Equal("margin:1.. loss:trip", await typed.InputValueAsync());
            await Expect(typed).ToBeFocusedAsync();
            await Expect(typed).ToBeInViewportAsync();
            Assert.True(await page.EvaluateAsync<bool>("scrollY > 100"));
            Assert.Equal(address, page.Url);
        }
    }

    [BrowserFact]
    public async Task A_silo_that_does_not_answer_either_is_not_praised_as_a_way_out()
    {
        await using var first = await SiloProcess.Start(_folder);
        await using var second = await SiloProcess.Start(_folder);
        await using var window = await chromium.Open(first.Address);
        await window.Page.GotoAsync(first.Address.ToString());
        await Expect(window.Page.Locator("#elsewhere a")).ToHaveCountAsync(1, new() { Timeout = Patience });

        await Task.WhenAll(first.Kill(), second.Kill());

        await Expect(window.Page.Locator("#elsewhere a")).ToHaveTextAsync($"{second.Address} (no answer)", new() { Timeout = Patience });
        await second.Start();
        await Expect(window.Page.Locator("#elsewhere a")).ToHaveTextAsync(second.Address.ToString(), new() { Timeout = Patience });
    }

    [LostStoreFact]
    public async Task A_store_that_goes_away_is_named_as_the_reason_why_nothing_goes_on()
    {
        await using var server = await PostgresServer.Create();
        await using var silo = await SiloProcess.Start(_folder, $"postgres:{await server.NewDatabase()}");
        await Submit(silo, "waits", Trials, steps: 2000);
        await using var window = await chromium.Open(silo.Address);
        var (overview, sweep) = (window.Page, await window.Page.Context.NewPageAsync());
        await overview.GotoAsync(silo.Address.ToString());
        await sweep.GotoAsync(new Uri(silo.Address, "sweeps/waits").ToString());
        await Expect(overview.Locator(".facts")).ToContainTextAsync("It answers", new() { Timeout = Patience });
        await Expect(overview.Locator(".facts")).ToContainTextAsync("PostgreSQL");
        await Expect(sweep.Locator(".facts")).ToContainTextAsync("1 trial in training", new() { Timeout = Patience });

        await server.Stop();

        foreach (var page in new[] { overview, sweep })
            await Expect(page.Locator("#store-trouble")).ToContainTextAsync("Connection refused", new() { Timeout = Patience });
        await Expect(overview.Locator(".facts")).ToContainTextAsync("The store has not answered for");
        await Expect(overview.Locator("#sweep-waits")).ToContainTextAsync("It waits for the store, but 1 trial in training continues.");
        await window.Screenshot("store-away-1280-light");

        await server.Start();

        await Expect(overview.Locator("#store-trouble")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await Expect(overview.Locator("#sweep-waits")).Not.ToContainTextAsync("store", new() { Timeout = Patience });
    }

    private static async Task Submit(SiloProcess silo, string name, int trials, int steps)
    {
        using var http = silo.Connect();
        using var submitted = await http.PostAsJsonAsync("sweeps", new { name, space = new { epochs = 3, steps, margin = Enumerable.Range(1, trials) } });
        submitted.EnsureSuccessStatusCode();
        while ((await http.GetFromJsonAsync<JsonElement>($"sweeps/{name}")).GetProperty("phase").GetString() != "running")
            await Task.Delay(50);
    }

    /// <summary>It needs a browser and a PostgreSQL server.</summary>
    private sealed class LostStoreFactAttribute : FactAttribute
    {
        public LostStoreFactAttribute() => Skip = BrowserFactAttribute.Missing ?? PostgresBinaries.Missing;
    }
}
