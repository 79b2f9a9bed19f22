using System.Buffers.Binary;
using System.IO.Hashing;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Limits;

/// <summary>The stated limits of what a request contains.</summary>
public sealed class BodyLimitTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    [Theory]
    [InlineData("keys", 10_000)]
    [InlineData("sweeps", 10_000_000)]
    [InlineData("verdicts", 56_924_053)]
    [InlineData("embeddings", 56_924_053)]
    [InlineData("ensembles/nobody/identify", 20_971_520)]
    public async Task A_body_has_a_maximum_size_whether_or_not_its_length_is_stated(string address, int most)
    {
        using var http = silo.Connect();
        var stated = RawHttp.Post(http, address, most + 1L).Replace("Authorization: none\r\n", "Connection: close\r\n", StringComparison.Ordinal);

        Assert.Equal(413, (await RawHttp.Ask(silo.Address, stated)).Status);

        using var body = new StreamContent(new Spaces(most + 1)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body, Headers = { TransferEncodingChunked = true } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await answer.Problem("too-large");
    }

    [Theory]
    [InlineData("sweeps", "text/plain")]
    [InlineData("keys", "application/xml")]
    [InlineData("embeddings", "multipart/form-data; boundary=x")]
    [InlineData("verdicts", "image/png")]
    public async Task A_body_of_another_media_type_is_refused(string address, string type)
    {
        using var http = silo.Connect();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}")) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var answer = await http.PostAsync(address, content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains(type, await answer.Problem("wrong-media-type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_beyond_the_limits_of_the_contract_are_not_valid()
    {
        await silo.Train();
        using var http = silo.Connect();
        var huge = new { data = Convert.ToBase64String(Png(10_000, 10_000)) };
        var small = new { data = Convert.ToBase64String(Png(1, 1)) };

        using var pixels = await http.PostAsJsonAsync("verdicts", new { first = huge, second = huge, ensemble = ApiSilo.Ensemble });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, pixels.StatusCode);
        Assert.Contains("megapixel", await pixels.Problem("invalid"), StringComparison.OrdinalIgnoreCase);

        using var references = await http.PostAsJsonAsync("verdicts", new { first = small, references = Enumerable.Repeat(small, 101), ensemble = ApiSilo.Ensemble });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, references.StatusCode);
        Assert.Contains("100", await references.Problem("invalid"), StringComparison.Ordinal);

        using var images = await http.PostAsJsonAsync("embeddings", new { images = Enumerable.Repeat(small, 513), ensemble = ApiSilo.Ensemble });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, images.StatusCode);
        Assert.Contains("too many for one call", await images.Problem("invalid"), StringComparison.Ordinal);

        var large = new { data = Convert.ToBase64String(new byte[20_971_521]) };
        using var bytes = await http.PostAsJsonAsync("verdicts", new { first = large, second = small, ensemble = ApiSilo.Ensemble });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bytes.StatusCode);
        Assert.Contains("larger than 20 MB", await bytes.Problem("invalid"), StringComparison.Ordinal);
    }

    /// <summary>The beginning of an image, up to where its size is stated, and its end.</summary>
    private static byte[] Png(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32.HashToUInt32(named));
        return [.. length, .. named, .. check];
    }
}
