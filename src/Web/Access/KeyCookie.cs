using Microsoft.AspNetCore.Http;

namespace Siamese.Web.Access;

/// <summary>The cookie in which a browser keeps a key. No script can read it.</summary>
internal static class KeyCookie
{
    private const string Name = "siamese-key";

    /// <summary>The key that came with a request; null if none did.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name];

    /// <summary>Lets the browser keep a key until it is closed.</summary>
    public static void Keep(HttpContext context, string key) => context.Response.Cookies.Append(Name, key, Options(context.Request));

    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context.Request));

    /// <summary>
    /// Whether the cookie counts: it changes something only for pages from here. A browser says with such a request whose page sent
    /// it (Fetch Metadata Request Headers, W3C; RFC 6454).
    /// </summary>
    public static bool Counts(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
        || request.Headers["Sec-Fetch-Site"] is ["same-origin"]
        || (request.Headers.Origin is [{ } origin] && origin == $"{request.Scheme}://{request.Host}");

    /// <summary>Sent along links from elsewhere, because addresses of views are shared, but not with other requests from there.</summary>
    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = request.PathBase.HasValue ? request.PathBase.Value : "/",
    };
}
