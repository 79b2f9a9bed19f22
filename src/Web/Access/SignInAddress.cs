using Microsoft.AspNetCore.Http;

namespace Siamese.Web.Access;

/// <summary>Where people sign in. Part of the metadata of each endpoint.</summary>
/// <param name="Prefix">Start of the paths of all endpoints.</param>
internal sealed record SignInAddress(string Prefix)
{
    public const string Page = "sign-in";

    /// <summary>The address relative to a request's own, so that it holds behind any proxy; it leads back afterwards.</summary>
    public string From(HttpRequest request) => $"{ToStart(request)}{Page}?to={Uri.EscapeDataString(Below(request) + request.QueryString)}";

    /// <summary>The way from a request's own address to where all paths start, such as `../`: put before a path, it makes a link that holds behind any proxy.</summary>
    public string ToStart(HttpRequest request)
    {
        var path = Below(request);
        if (path.Length > 0)
            return string.Concat(Enumerable.Repeat("../", path.Count(letter => letter == '/')));
        // Browsers take the last part of an address without a slash at its end for a page, and not for a folder.
        var whole = (request.PathBase + request.Path).ToUriComponent();
        return whole.EndsWith('/') ? "" : $"{whole[(whole.LastIndexOf('/') + 1)..]}/";
    }

    /// <summary>The path below the prefix.</summary>
    private string Below(HttpRequest request) => request.Path.ToUriComponent()[Prefix.Length..].TrimStart('/');
}
