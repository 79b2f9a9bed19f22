using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Siamese.Page.Assets;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The files that pages load.</summary>
public sealed class AssetTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("page.css", "text/css")]
    [InlineData("live.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task A_browser_keeps_a_file_until_another_build_has_another(string file, string type)
    {
        using var answer = await _http.GetAsync(PageAssets.PathOf(file));

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
        using var again = new HttpRequestMessage(HttpMethod.Get, PageAssets.PathOf(file)) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await _http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task It_is_compressed_for_those_who_can_read_that()
    {
        var plain = await _http.GetByteArrayAsync(PageAssets.PathOf("page.css"));
        using var request = new HttpRequestMessage(HttpMethod.Get, PageAssets.PathOf("page.css")) { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("gzip") } } };
        using var answer = await _http.SendAsync(request);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        await using var zip = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var unzipped = new MemoryStream();
        await zip.CopyToAsync(unzipped);
        Assert.Equal(plain, unzipped.ToArray());
        Assert.True(answer.Content.Headers.ContentLength < plain.Length);
    }

    [Fact]
    public async Task A_page_of_another_build_gets_the_file_but_does_not_keep_it()
    {
        using var answer = await _http.GetAsync("assets/0123456789abcdef/page.css");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task There_are_no_other_files()
    {
        using var answer = await _http.GetAsync("assets/0123456789abcdef/Siamese.Page.dll");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
