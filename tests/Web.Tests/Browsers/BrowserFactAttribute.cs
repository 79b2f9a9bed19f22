namespace Siamese.Web.Tests.Browsers;

/// <summary>A test that needs Debian's Chromium: the one that Microsoft.Playwright would download is not used.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Missing;

    /// <summary>The program; null if there is none.</summary>
    public static string? Program { get; } = File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : null;

    /// <summary>Why such a test is skipped; null if it is not skipped.</summary>
    public static string? Missing => Program is null ? "There is no /usr/bin/chromium on this machine." : null;
}
