using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Siamese.Contracts.Data;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Uploads;

/// <summary>Data sets are uploaded in pieces and looked at.</summary>
public sealed class UploadTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_data_set_is_uploaded_piece_by_piece_and_only_what_is_missing()
    {
        var images = await silo.Images(90);
        var files = images.Select((image, i) => (Path: $"class{i % 3}/{i:00}.png", Bytes: image.Bytes.ToArray())).OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        byte[] all = [.. files.SelectMany(file => file.Bytes)];
        byte[][] pieces = [.. all.Chunk(1000)];
        var names = pieces.Select(Sha256).ToArray();
        object manifest = new { files = files.Select(file => new { path = file.Path, length = file.Bytes.Length, sha256 = Sha256(file.Bytes) }), pieces = pieces.Select(piece => new { length = piece.Length, sha256 = Sha256(piece) }) };
        Assert.Equal(names.Distinct().Order(), (await Missing(names)).Order());
        foreach (var piece in pieces[1..])
            Assert.Equal(HttpStatusCode.NoContent, await Put(piece, Sha256(piece)));
        Assert.Equal([names[0]], await Missing(names));

        using var tooEarly = await _http.PostAsJsonAsync("data", manifest);
        await Put(pieces[0], names[0]);
        using var whole = await _http.PostAsJsonAsync("data", manifest);
        using var again = await _http.PostAsJsonAsync("data", manifest);

        Assert.Contains($"1 pieces of the data set are missing, such as {names[0]}", await tooEarly.Problem("conflict"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (whole.StatusCode, again.StatusCode));
        Assert.Equal(await whole.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var name = (await whole.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("manifest").GetString();
        // As a client of Orleans names it.
        var stored = new DataManifest([.. files.Select(file => new DataFile(file.Path, file.Bytes.Length, Sha256(file.Bytes)))], [.. pieces.Select(piece => new DataPiece(piece.Length, Sha256(piece)))], null, null);
        Assert.Equal(Sha256(stored.Write()), name);
        var samples = await Samples(new { count = 2, data = new { manifest = name, splitBy = "image" } });
        Assert.All(samples, sample => Assert.StartsWith("class", sample.GetProperty("label").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Samples_of_the_built_in_data_are_images()
    {
        var (first, again) = (await Samples(new { count = 3 }), await Samples(new { count = 3 }));

        Assert.Equal(3, first.Length);
        Assert.Equal(first.Select(sample => sample.GetRawText()), again.Select(sample => sample.GetRawText()));
        Assert.Equal("PNG"u8.ToArray(), first[0].GetProperty("data").GetBytesFromBase64()[1..4]);
        Assert.All(first, sample => Assert.Equal(JsonValueKind.Null, sample.GetProperty("strokes").ValueKind));
    }

    [Fact]
    public async Task A_piece_that_does_not_match_its_name_or_is_too_large_is_refused()
    {
        using var damaged = await _http.PutAsync($"data/pieces/{Sha256([1])}", new ByteArrayContent([2]));
        using var large = await _http.PutAsync($"data/pieces/{Sha256([1])}", new ByteArrayContent(new byte[UploadLimits.PieceBytes + 1]));
        using var empty = await _http.PutAsync($"data/pieces/{Sha256([])}", new ByteArrayContent([]));

        Assert.Contains("send it again", await damaged.Problem("invalid"), StringComparison.Ordinal);
        await large.Problem("too-large");
        Assert.Contains("The body is empty", await empty.Problem("invalid"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data/missing", """{ "pieces": ["x"] }""", "invalid")]
    [InlineData("data/missing", "{}", "malformed")]
    [InlineData("data", """{ "files": [], "pieces": [{ "length": 1, "sha256": "x" }] }""", "invalid")]
    [InlineData("data", """{ "files": [{ "path": "b", "length": 1, "sha256": "x" }, { "path": "a", "length": 1, "sha256": "x" }], "pieces": [] }""", "invalid")]
    [InlineData("data", """{ "files": [null], "pieces": [] }""", "invalid")]
    [InlineData("data/samples", """{ "count": 0 }""", "invalid")]
    [InlineData("data/samples", """{ "seed": -1 }""", "invalid")]
    [InlineData("data/samples", """{ "path": "/etc" }""", "malformed")]
    public async Task What_is_not_valid_is_a_problem(string address, string body, string type)
    {
        using var content = new StringContent(body, null, "application/json");
        using var answer = await _http.PostAsync(address, content);

        await answer.Problem(type);
    }

    [Fact]
    public async Task What_is_not_in_the_store_is_a_problem_that_names_no_folder_of_the_silo()
    {
        using var answer = await _http.PostAsJsonAsync("data/samples", new { count = 1, data = new { manifest = Sha256([1]) } });

        Assert.DoesNotContain(Path.GetTempPath(), await answer.Problem("invalid"), StringComparison.Ordinal);
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task<string[]> Missing(string[] pieces)
    {
        using var answer = await _http.PostAsJsonAsync("data/missing", new { pieces });
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("missing").EnumerateArray().Select(piece => piece.GetString()!)];
    }

    private async Task<HttpStatusCode> Put(byte[] piece, string name)
    {
        using var content = new ByteArrayContent(piece);
        using var answer = await _http.PutAsync($"data/pieces/{name}", content);
        return answer.StatusCode;
    }

    private async Task<JsonElement[]> Samples(object order)
    {
        using var answer = await _http.PostAsJsonAsync("data/samples", order);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("samples").EnumerateArray()];
    }
}
