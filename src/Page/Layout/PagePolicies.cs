using Siamese.Web.Serving;

namespace Siamese.Page.Layout;

/// <summary>What pages may load and send.</summary>
internal static class PagePolicies
{
    private const string Connect = "connect-src 'self'";

    /// <summary>Scripts, styles and pictures from here.</summary>
    public static PagePolicy Usual { get; } = With("img-src 'self'");

    /// <summary>Also small pictures within the page.</summary>
    public static PagePolicy SmallPictures { get; } = With("img-src 'self' data:");

    /// <summary>Also pictures that a script has of files that its user chose, and small ones within the page.</summary>
    public static PagePolicy OwnPictures { get; } = With("img-src 'self' blob: data:");

    /// <summary>The text of a policy that also lets scripts connect to other silos.</summary>
    public static string AlsoTo(PagePolicy policy, IEnumerable<string> pages) =>
        policy.Text.Replace(Connect, $"{Connect} {string.Join(' ', pages.Select(page => new Uri(page).GetLeftPart(UriPartial.Authority)).Distinct())}", StringComparison.Ordinal);

    private static PagePolicy With(string pictures) =>
        new($"default-src 'none'; script-src 'self'; style-src 'self'; {pictures}; {Connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
}
