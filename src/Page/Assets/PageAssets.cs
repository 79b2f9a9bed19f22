using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Siamese.Plots.Drawing;
using Siamese.Web.Problems;

namespace Siamese.Page.Assets;

/// <summary>
/// The files that pages load: resources of this assembly, at addresses with a hash of all of them, so that browsers keep them
/// until another build has others. They need no key, because everyone has them who has this program.
/// </summary>
internal static class PageAssets
{
    private const string StyleSheet = "page.css";

    private const int HashCharacters = 16;

    private static readonly FrozenDictionary<string, Asset> _files = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => TypeOf(name) is not null)
        .ToFrozenDictionary(name => name, name => new Asset(name == StyleSheet ? [.. Read(name), .. Encoding.UTF8.GetBytes(Svg.DarkStyle)] : Read(name), TypeOf(name)!));

    private static readonly string _hash = HashOf(_files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value.Content));

    /// <summary>The path of a file, below where all paths start.</summary>
    public static string PathOf(string file) => _files.ContainsKey(file) ? $"assets/{_hash}/{file}" : throw new ArgumentException($"There is no asset '{file}'.", nameof(file));

    /// <summary>Whether there is a file.</summary>
    public static bool Has(string file) => _files.ContainsKey(file);

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/assets/{hash}/{file}", Get).WithMetadata(new AllowAnonymousAttribute());

    private static FileContentHttpResult Get(string hash, string file, HttpContext context)
    {
        if (!_files.TryGetValue(file, out var asset))
            throw new ProblemException(ProblemKind.NotFound, "There is no such file.");
        var headers = context.Response.Headers;
        // A page of another build, as while silos are replaced one after the other, gets the file of this build, and does not keep it.
        if (hash == _hash)
            headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        var isZipped = context.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "gzip" && encoding.Quality is not 0);
        if (isZipped)
            headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(isZipped ? asset.Zipped : asset.Content, asset.Type, entityTag: new EntityTagHeaderValue($"\"{_hash}{(isZipped ? "-gzip" : "")}\""));
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }

    private static string HashOf(IEnumerable<byte> content) => Convert.ToHexStringLower(SHA256.HashData([.. content]))[..HashCharacters];

    private static string? TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => null,
    };

    /// <summary>A file.</summary>
    private sealed class Asset(byte[] content, string type)
    {
        private readonly Lazy<byte[]> _zipped = new(() => Zip(content));

        public byte[] Content => content;

        public string Type => type;

        public byte[] Zipped => _zipped.Value;

        private static byte[] Zip(byte[] content)
        {
            using var zipped = new MemoryStream();
            using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize))
                zip.Write(content);
            return zipped.ToArray();
        }
    }
}
