using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Siamese.Web.Tests.Browsers;

/// <summary>A real browser.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Program is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        // Its sandbox does not work for root, and in many containers.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a window.</summary>
    /// <param name="start">Where everything that its pages load has to come from.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="isDark">Whether its user wants dark pages.</param>
    /// <param name="hasScripts">Whether it runs scripts.</param>
    public async Task<Window> Open(Uri start, int width = 1280, bool isDark = false, bool hasScripts = true)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = hasScripts,
        });
        return new Window(await context.NewPageAsync(), start);
    }
}

/// <summary>A window of a browser, and what goes wrong in it.</summary>
public sealed class Window : IAsyncDisposable
{
    /// <summary>Names of the environment variables that name a folder: for whole pages, to look at them, and for what the documentation shows.</summary>
    private const string Screenshots = "SIAMESE_SCREENSHOTS", Pictures = "SIAMESE_PICTURES";

    private readonly List<string> _wrong = [];

    public Window(IPage page, Uri start)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _wrong.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _wrong.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            // The page has pictures of its own, of files that its user chose.
            if (!request.Url.StartsWith(start.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith($"blob:{start}", StringComparison.Ordinal))
                _wrong.Add($"request: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Fails if a script failed, the policy forbade something, or something was loaded from elsewhere.</summary>
    public void AssertNothingWrong() => Assert.Equal([], _wrong);

    /// <summary>Fails if the page is wider than the window.</summary>
    public async Task AssertFits() =>
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{Page.Url} is wider than its window.");

    /// <summary>Fails if axe-core finds something serious: a name, role or state that is missing, too little contrast, and the like (WCAG 2).</summary>
    public async Task AssertAccessible()
    {
        var found = await Page.RunAxe();
        var serious = string.Join('\n', found.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
        Assert.True(serious.Length == 0, $"{Page.Url}\n{serious}");
    }

    /// <summary>Takes a picture of a whole page if the environment says where to.</summary>
    /// <param name="name">Name of its file, without an extension.</param>
    public Task Screenshot(string name) => Take(Screenshots, name, part: null);

    /// <summary>Takes a picture for the documentation if the environment says where to.</summary>
    /// <param name="name">Name of its file, without an extension.</param>
    /// <param name="part">The part of the page to show.</param>
    public Task Picture(string name, Clip part) => Take(Pictures, name, part);

    private async Task Take(string variable, string name, Clip? part)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true, Clip = part });
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
