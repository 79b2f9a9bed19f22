using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Siamese.Contracts;
using Siamese.Silo.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Siamese.Silo.Http;

/// <summary>What is in front of the HTTP API.</summary>
/// <param name="Path">Start of all paths, such as `/siamese`; null for none.</param>
/// <param name="Proxies">Proxies that are believed about who sends a request, and to which address.</param>
/// <param name="Url">Address at which users reach it, with a slash at its end; null if nobody stated one.</param>
internal sealed record HttpFront(string? Path, IReadOnlyList<IPNetwork> Proxies, string? Url)
{
    /// <summary>Whether requests come through proxies.</summary>
    public bool HasProxies => Proxies.Count > 0;

    /// <exception cref="BadInputException">The path or a proxy is not valid.</exception>
    public static HttpFront Of(SiloOptions options)
    {
        var path = options.HttpPath.TrimEnd('/');
        BadInputException.ThrowUnless(
            path.Length == 0 || (path[0] == '/' && Uri.IsWellFormedUriString(path, UriKind.Relative) && !path.Contains("//", StringComparison.Ordinal) && path.IndexOfAny(['?', '#']) < 0),
            $"--http-path must be a path such as /siamese, not '{options.HttpPath}'.");
        var proxies = options.HttpProxy.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network).ToArray();
        BadInputException.ThrowUnless(options.Http is not null || options.Local || (path.Length == 0 && proxies.Length == 0 && options.HttpUrl.Length == 0), $"--http-path, --http-proxy and --http-url are for the HTTP API; add --http PORT.");
        return new(path.Length == 0 ? null : path, proxies, options.HttpUrl.Length == 0 ? null : UrlOf(options.HttpUrl));
    }

    /// <summary>The address at which users reach the web page: the stated one, else its own. Nobody knows which way leads through a proxy.</summary>
    /// <param name="scheme">How it listens.</param>
    /// <param name="listens">Its own address.</param>
    public string? PageAt(string scheme, IPEndPoint listens) => Url ?? (HasProxies ? null : $"{scheme}://{listens}{Path}/");

    /// <summary>Corrects each request to what its sender meant.</summary>
    public void Use(IApplicationBuilder web)
    {
        if (HasProxies)
        {
            var forwarded = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.All,
                // However many there are: it ends with the first that is not known.
                ForwardLimit = null,
            };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in Proxies)
                forwarded.KnownIPNetworks.Add(proxy);
            web.UseForwardedHeaders(forwarded);
        }

        if (Path is not null)
            web.UsePathBase(Path);
    }

    private static string UrlOf(string text)
    {
        BadInputException.ThrowUnless(
            Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url is { UserInfo: "", Query: "", Fragment: "" },
            $"--http-url must be the address of a web page without a query, such as https://silo-1.example.org/siamese, not '{PlainText.Of(text)}'.");
        return url!.AbsoluteUri.TrimEnd('/') + "/";
    }

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new BadInputException($"--http-proxy: '{text}' is not an IP address, and not a network such as 10.0.0.0/8.");
    }
}
