using Siamese.Contracts.KnownData;
using Siamese.Web.Tests.Silos;
using static Microsoft.Playwright.Assertions;

namespace Siamese.Web.Tests.Browsers;

/// <summary>The pages of data sets in a real browser.</summary>
public sealed class DataBrowserTests(ApiSilo silo, Chromium chromium) : IClassFixture<ApiSilo>, IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task They_fit_a_wide_and_a_narrow_window_in_light_and_dark_and_fill_by_themselves()
    {
        await silo.Train();
        var data = Assert.Single((await silo.Grains.GetGrain<IDataSetsGrain>(0).List(CancellationToken.None)).Used);
        foreach (var width in new[] { 1280, 390 })
        {
            foreach (var isDark in new[] { false, true })
            {
                await using var window = await chromium.Open(silo.Address, width, isDark);
                var (page, kind) = (window.Page, $"{width}-{(isDark ? "dark" : "light")}");
                await page.GotoAsync(new Uri(silo.Address, "data").ToString());
                await window.AssertFits();
                await window.Screenshot($"data-{kind}");
                await page.GetByText("mnist-mini").ClickAsync();
                await Expect(page.Locator("#look-alikes-table tbody tr")).ToHaveCountAsync(6, new() { Timeout = 60_000 });
                await page.EvaluateAsync("Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode(); }))");
                Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.pictures img')].every(image => image.naturalWidth === 28)"));
                await window.AssertFits();
                await window.Screenshot($"data-set-{kind}");
                Assert.EndsWith($"data/{data.Fingerprint}", page.Url, StringComparison.Ordinal);
                window.AssertNothingWrong();
            }
        }
    }
}
