using Microsoft.Playwright;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Web.Tests.Silos;
using static Microsoft.Playwright.Assertions;

namespace Siamese.Web.Tests.Browsers;

/// <summary>Pairs are tried in a real browser.</summary>
public sealed class PairBrowserTests(ApiSilo silo, Chromium chromium) : IClassFixture<ApiSilo>, IClassFixture<Chromium>
{
    /// <summary>Drops or pastes files as a user does: a script in the page has the event with them.</summary>
    private const string Transfer = """
        (target, { type, files }) => {
            const data = new DataTransfer();
            for (const { name, content } of files)
                data.items.add(new File([Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], name, { type: 'image/png' }));
            const options = { bubbles: true, cancelable: true };
            target.dispatchEvent(type === 'paste' ? new ClipboardEvent(type, { ...options, clipboardData: data }) : new DragEvent(type, { ...options, dataTransfer: data }));
        }
        """;

    [BrowserFact]
    public async Task Two_dropped_files_get_a_verdict_and_stay_beside_it()
    {
        await silo.Train();
        var images = await silo.Images(2);
        await using var window = await Open();
        var page = window.Page;
        await page.EvaluateAsync("window.isSame = true");

        await Transferred(page.Locator("#pair"), "drop", images);

        await Expect(page.Locator("#answer")).ToContainTextAsync("Probability of same");
        await Expect(page.Locator("#answer tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator("#first .shown img")).ToHaveAttributeAsync("alt", $"First: {images[0].Name}");
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.shown img')].every(image => image.naturalWidth === 28)"));
        Assert.True(await page.EvaluateAsync<bool>("window.isSame"));
        Assert.EndsWith($"try?ensemble={ApiSilo.Ensemble}", page.Url, StringComparison.Ordinal);
        window.AssertNothingWrong();
    }

    [BrowserFact]
    public async Task Pasted_and_chosen_images_are_asked_about_with_the_terms_and_the_terms_stay_in_the_address()
    {
        await silo.Train();
        var images = await silo.Images(2);
        await using var window = await Open();
        var page = window.Page;
        await page.Locator("summary").ClickAsync();
        await page.Locator("input[name=prior]").FillAsync("0.1");

        await Transferred(page.Locator("body"), "paste", images[..1]);
        await page.Locator("#second input:not([capture])").SetInputFilesAsync(Payload(images[1]));

        await Expect(page.Locator("#answer")).ToContainTextAsync("with a prior of 10.00 %");
        Assert.EndsWith("&prior=0.1", page.Url, StringComparison.Ordinal);
        window.AssertNothingWrong();
    }

    [BrowserFact]
    public async Task Several_dropped_images_are_references_and_feedback_is_given_and_taken_back()
    {
        await silo.Train();
        var images = await silo.Images(4);
        await using var window = await Open();
        var page = window.Page;

        await Transferred(page.Locator("#pair"), "drop", images);
        await Expect(page.Locator("#answer")).ToContainTextAsync("Compared with 3 references");
        await Transferred(page.Locator("#second"), "drop", images[1..2]);
        await page.GetByRole(AriaRole.Button, new() { Name = "They are different" }).ClickAsync();
        await Expect(page.Locator("#feedback")).ToContainTextAsync("You said: they are different.");
        await Expect(page.Locator("#answer")).ToContainTextAsync("Probability of same");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.Locator("#feedback")).ToContainTextAsync("You took it back.");
        window.AssertNothingWrong();
    }

    [BrowserFact]
    public async Task An_image_is_found_among_the_enrolled_names()
    {
        await silo.Train();
        var images = await silo.Images(2);
        await silo.Grains.GetGrain<IIdentifyGrain>(ApiSilo.Ensemble).Enroll([new("Ann", images[0]), new("Bob", images[1])], wholly: true, CancellationToken.None);
        await using var window = await Open();
        var page = window.Page;

        await page.Locator("#first input:not([capture])").SetInputFilesAsync(Payload(images[1]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Which of 2 enrolled names is the first?" }).ClickAsync();

        await Expect(page.Locator("#answer h2")).ToHaveTextAsync("It is Bob");
        window.AssertNothingWrong();
    }

    [BrowserFact]
    public async Task A_bad_file_is_explained_in_place_and_the_other_image_stays()
    {
        await silo.Train();
        var images = await silo.Images(1);
        await using var window = await Open();
        var page = window.Page;

        await page.Locator("#first input:not([capture])").SetInputFilesAsync(Payload(images[0]));
        await page.Locator("#second input:not([capture])").SetInputFilesAsync(new FilePayload { Name = "notes.png", MimeType = "image/png", Buffer = [1, 2, 3] });

        await Expect(page.Locator("#answer [role=alert]")).ToContainTextAsync("notes.png");
        await Expect(page.Locator("#first .shown img")).ToBeVisibleAsync();
        await Expect(page.Locator("#second .shown")).ToHaveTextAsync("notes.png");
    }

    [BrowserFact]
    public async Task Without_scripts_it_is_a_form_and_its_answer_has_the_images()
    {
        await silo.Train();
        var images = await silo.Images(2);
        await using var window = await chromium.Open(silo.Address, hasScripts: false);
        var page = window.Page;
        await page.GotoAsync(new Uri(silo.Address, $"try?ensemble={ApiSilo.Ensemble}&samples=1").ToString());

        await page.Locator("#first input:not([capture])").SetInputFilesAsync(Payload(images[0]));
        await page.Locator("input[name=secondSample]").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Are they the same?" }).ClickAsync();
        await Expect(page.Locator("#answer")).ToContainTextAsync("Probability of same");
        await Expect(page.Locator(".shown img")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "They are the same" }).ClickAsync();
        await Expect(page.Locator("#feedback")).ToContainTextAsync("You said: they are the same.");
        window.AssertNothingWrong();
    }

    [BrowserFact]
    public async Task It_fits_a_wide_and_a_narrow_window_in_light_and_dark()
    {
        await silo.Train();
        var images = await silo.Images(6);
        await silo.Grains.GetGrain<IIdentifyGrain>(ApiSilo.Ensemble).Enroll([new("Ann", images[0]), new("Bob", images[1])], wholly: true, CancellationToken.None);
        foreach (var width in new[] { 1280, 390 })
        {
            foreach (var isDark in new[] { false, true })
            {
                await using var window = await chromium.Open(silo.Address, width, isDark);
                var (page, kind) = (window.Page, $"{width}-{(isDark ? "dark" : "light")}");
                await page.GotoAsync(new Uri(silo.Address, "try").ToString());
                await window.AssertFits();
                await window.Screenshot($"try-{kind}");
                await page.GotoAsync(new Uri(silo.Address, "try?samples=1&unsure=0&unsure=1&maxFar=0.1&novelty=0.05").ToString());
                await Transferred(page.Locator("#pair"), "drop", images[..2]);
                await Expect(page.Locator("#answer tbody tr")).ToHaveCountAsync(2);
                await window.AssertFits();
                await window.Screenshot($"verdict-{kind}");
                await page.GotoAsync(new Uri(silo.Address, "try").ToString());
                await Transferred(page.Locator("#pair"), "drop", images);
                await Expect(page.Locator("#answer")).ToContainTextAsync("5 references");
                await window.AssertFits();
                await window.Screenshot($"references-{kind}");
                await page.GetByRole(AriaRole.Button, new() { Name = "Which of 2" }).ClickAsync();
                await Expect(page.Locator("#answer")).ToContainTextAsync("It is Ann");
                await window.AssertFits();
                await window.Screenshot($"identified-{kind}");
                window.AssertNothingWrong();
            }
        }
    }

    private async Task<Window> Open()
    {
        var window = await chromium.Open(silo.Address);
        await window.Page.GotoAsync(new Uri(silo.Address, "try").ToString());
        return window;
    }

    private static async Task Transferred(ILocator target, string type, ImageFile[] images) => await target.EvaluateAsync(
        Transfer, new { type, files = images.Select(image => new { name = image.Name, content = Convert.ToBase64String(image.Bytes.AsSpan()) }).ToArray() });

    private static FilePayload Payload(ImageFile image) => new() { Name = image.Name, MimeType = "image/png", Buffer = [.. image.Bytes] };
}
