using System.Collections.Immutable;
using Microsoft.Playwright;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;
using static Microsoft.Playwright.Assertions;

namespace Siamese.Web.Tests.Browsers;

/// <summary>Takes the pictures of pages that the documentation shows; `.ci/pictures FOLDER` names the folder for them.</summary>
public sealed class PictureTests(ShownSilo silo, Chromium chromium) : IClassFixture<ShownSilo>, IClassFixture<Chromium>
{
    private const int Tallest = 1400;

    private const string Sweep = "digits", Other = "wide", Live = "long";

    [BrowserFact]
    public async Task Each_page_has_a_picture_with_all_that_it_shows()
    {
        await Train();
        await using var wide = await chromium.Open(silo.Address);
        var result = (await silo.Grains.GetGrain<ISweepGrain>(Sweep).GetProgress(0, CancellationToken.None)).Result!;

        await Show(wide, $"ensembles/{Sweep}");
        await wide.Page.GetByRole(AriaRole.Button, new() { Name = "Measure on test pairs" }).ClickAsync();
        await Expect(wide.Page.Locator("#rates-read")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Take(wide, "ensemble");
        await TakePart(wide, "measured", "#measured", "#worst");
        await TakePart(wide, "worst", "#worst", "#versions");
        await Show(wide, "ensembles");
        await Take(wide, "ensembles");
        await Show(wide, $"ensembles/{Sweep}/versions/{result.Ensemble.Ensemble.Version}/map");
        await Take(wide, "map");
        await Show(wide, $"sweeps/{Sweep}");
        await Take(wide, "sweep");
        await TakePart(wide, "trials", "#trials", "#importance");
        await Show(wide, $"sweeps/{Sweep}/plots");
        await Take(wide, "plots");
        await Show(wide, $"sweeps/{Sweep}/importance");
        await Take(wide, "importance");
        await Show(wide, $"compare?a={Sweep}&b={Other}");
        await Take(wide, "compare");
        await Show(wide, $"trials/{result.BestMember}");
        await Take(wide, "trial");
        await Show(wide, "new-sweep?margin=0.5,1,2&loss=contrastive,triplet&name=digits&search=grid");
        await Take(wide, "new-sweep");
        await Show(wide, $"try?ensemble={Sweep}&samples=1");
        await wide.Page.Locator("input[name=firstSample]").Nth(0).CheckAsync();
        await wide.Page.Locator("input[name=secondSample]").Nth(1).CheckAsync();
        await wide.Page.GetByRole(AriaRole.Button, new() { Name = "Are they the same?" }).ClickAsync();
        await Expect(wide.Page.Locator("#answer")).ToContainTextAsync("Probability of same");
        await Take(wide, "try");
        await Show(wide, "data");
        await Take(wide, "data");
        await wide.Page.GetByText("mnist-mini").First.ClickAsync();
        await Expect(wide.Page.Locator("#look-alikes-table tbody tr")).ToHaveCountAsync(6, new() { Timeout = 120_000 });
        await Take(wide, "data-set");

        await Submit(Live, ("epochs", [40]), ("margin", [1, 2]));
        while ((await silo.Grains.GetGrain<ISweepGrain>(Live).GetProgress(0, CancellationToken.None)).Running.Count(trial => trial.Epoch is { Epoch: >= 2 }) < 2)
            await Task.Delay(100);
        await Show(wide, "");
        await Take(wide, "overview");
        await using var narrow = await chromium.Open(silo.Address, width: 390, isDark: true);
        await Show(narrow, $"sweeps/{Live}");
        await Take(narrow, "sweep-narrow-dark");
        wide.AssertNothingWrong();
        narrow.AssertNothingWrong();
    }

    private async Task Train()
    {
        await Submit(Sweep, ("epochs", [4]), ("loss", ["contrastive", "triplet"]), ("margin", [2, 5]), ("learning-rate", [0.001, 0.004, 0.5]));
        await Submit(Other, ("epochs", [4]), ("embedding-size", [16, 64]), ("loss", ["triplet"]));
        await silo.Until(Sweep, SweepPhase.Completed);
        await silo.Until(Other, SweepPhase.Completed);
    }

    private Task Submit(string name, params (string Hyperparameter, ImmutableArray<HyperparameterValue> Values)[] space) => silo.Grains.GetGrain<ISweepGrain>(name).Submit(
        new SweepRequest { Space = SearchSpace.Of(space) }, CancellationToken.None);

    private async Task Show(Window window, string address) => await window.Page.GotoAsync(new Uri(silo.Address, address).ToString());

    /// <summary>Takes a picture of the top of a page.</summary>
    private static async Task Take(Window window, string name)
    {
        await Load(window);
        var height = await window.Page.EvaluateAsync<int>("Math.ceil(document.getElementById('main').getBoundingClientRect().bottom)");
        await window.Picture(name, new() { X = 0, Y = 0, Width = window.Page.ViewportSize!.Width, Height = Math.Min(height, Tallest) });
    }

    /// <summary>Takes a picture of what lies between two headings.</summary>
    private static async Task TakePart(Window window, string name, string from, string to)
    {
        await Load(window);
        var (top, end) = (await Top(from), await Top(to));
        await window.Picture(name, new() { X = 0, Y = top - 16, Width = window.Page.ViewportSize!.Width, Height = Math.Min(end - top, Tallest) });

        Task<int> Top(string heading) => window.Page.EvaluateAsync<int>("heading => Math.round(document.querySelector(heading).getBoundingClientRect().top + scrollY)", heading);
    }

    /// <summary>Waits for what a page loads when somebody comes to it, and fails if some of it is missing.</summary>
    private static async Task Load(Window window)
    {
        await window.Page.SetViewportSizeAsync(window.Page.ViewportSize!.Width, Tallest);
        foreach (var part in await window.Page.Locator("[data-part]").AllAsync())
        {
            await part.ScrollIntoViewIfNeededAsync();
            await Expect(part.Locator("figure, table").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        }

        await window.Page.EvaluateAsync("Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode(); }))");
        await window.Page.EvaluateAsync("scrollTo(0, 0)");
        await window.AssertFits();
    }
}

/// <summary>A silo that trains two trials at a time, with a name that is the same on every machine.</summary>
public sealed class ShownSilo() : ApiSilo(options => options.Slots = 2, "silo-1");
