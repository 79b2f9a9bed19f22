using Microsoft.AspNetCore.Http;

namespace Siamese.Web.Access;

/// <summary>Where people sign in. Part of the metadata of each endpoint.</summary>
/// <param name="Prefix">Start of the paths of all endpoints.</param>
internal sealed record SignInAddress(string Prefix)
{
    public const string Page = "sign-in";

    /// <summary>The address relative to a request's own, so that it holds behind any proxy; it leads back afterwards.</summary>
    public string From(HttpRequest request)
    {
        var path = request.Path.ToUriComponent()[Prefix.Length..].TrimStart('/');
        var up = string.Concat(Enumerable.Repeat("../", path.Count(letter => letter == '/')));
        return $"{up}{Page}?to={Uri.EscapeDataString(path + request.QueryString)}";
    }
}
