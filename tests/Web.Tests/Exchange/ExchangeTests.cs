using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Exchange;

/// <summary>Ensembles are exported and imported as zip files.</summary>
public sealed class ExchangeTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    /// <summary>Bytes of the record at the end, without a comment.</summary>
    private const int EndOfZip = 22;

    private const string Weights = ".safetensors";

    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task What_is_exported_is_imported_under_another_name_once()
    {
        var exported = await Export();
        Assert.Equal(exported, await Export());

        using var first = await Import("copy?default=true", exported);
        using var again = await Import("copy", exported);

        var (imported, repeated) = (await first.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(), await again.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>());
        Assert.Equal(("copy", 1, "trained@1", false), (imported.GetProperty("ensemble").GetString(), imported.GetProperty("version").GetInt32(), imported.GetProperty("from").GetString(), imported.GetProperty("wasThere").GetBoolean()));
        Assert.True(repeated.GetProperty("wasThere").GetBoolean());
        Assert.Equal(imported.GetProperty("hash").GetString(), repeated.GetProperty("hash").GetString());
        using var removed = await _http.DeleteAsync("ensembles/copy");
        Assert.Equal("copy", (await removed.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ensemble").GetString());
        using var gone = await _http.DeleteAsync("ensembles/copy");
        await gone.Problem("not-found");
    }

    [Fact]
    public async Task An_archive_in_which_something_was_changed_is_refused()
    {
        var exported = await Export();

        await Refused(Without(exported, Weights), "is missing, though manifest.json lists it");
        await Refused(Without(exported, "manifest.json"), "contains no manifest.json at its top");
        await Refused(Changed(exported, (archive, _) => Add(archive, "../else", [1])), "contains '../else', which manifest.json does not list");
        await Refused(Changed(exported, (archive, files) => Add(archive, "calibration.json", files["calibration.json"])), "contains 'calibration.json' twice");
        await Refused(Changed(exported, (_, files) => files[files.Keys.First(name => name.EndsWith(Weights, StringComparison.Ordinal))][^1] ^= 1), "its hash differs from the one in manifest.json");
        await Refused(Changed(exported, (archive, _) => Add(archive, "zeros", new byte[20 << 20])), "states more than 10 times as many bytes as it has");
        await Refused(Changed(exported, (archive, _) => AddEmpty(archive, 20_000)), "has more files than any ensemble");
        await Refused(exported[..^100], "is not a whole zip file");
        await Refused([], "is not a whole zip file");
        await Refused([.. Enumerable.Repeat((byte)'x', 1000), .. exported.AsSpan(exported.Length - 22)], "zip file");
    }

    [Theory]
    [InlineData("ensembles/nobody/versions/1/export", "not-found")]
    [InlineData("ensembles/trained/versions/99/export", "not-found")]
    public async Task What_is_not_there_is_not_exported(string address, string type)
    {
        await silo.Train();
        using var answer = await _http.GetAsync(address);

        await answer.Problem(type);
    }

    /// <summary>The list of entries is elsewhere then, and of any length.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(16)]
    public async Task A_zip_file_whose_list_is_elsewhere_is_refused(int field)
    {
        var archive = await Export();
        archive.AsSpan(archive.Length - EndOfZip + field, field == 16 ? 4 : 2).Fill(0xFF);

        await Refused(archive, "The zip file has more files than any ensemble");
    }

    [Fact]
    public async Task A_name_that_is_taken_or_not_valid_is_refused()
    {
        var exported = await Export();

        using var taken = await Import(ApiSilo.Ensemble, exported);
        using var invalid = await Import("a b", exported);
        using var own = await _http.DeleteAsync($"ensembles/{ApiSilo.Ensemble}");
        using var unknown = await Import("copy?standard=true", exported);

        await taken.Problem("conflict");
        Assert.Contains("'a b' is not a name", await invalid.Problem("invalid"), StringComparison.Ordinal);
        Assert.Contains("remove that with DELETE sweeps/trained", await own.Problem("conflict"), StringComparison.Ordinal);
        Assert.Contains("There is no 'standard' in the query", await unknown.Problem("malformed"), StringComparison.Ordinal);
    }

    private async Task<byte[]> Export()
    {
        await silo.Train();
        using var answer = await _http.GetAsync($"ensembles/{ApiSilo.Ensemble}/versions/1/export");
        Assert.Equal("application/zip", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<HttpResponseMessage> Import(string address, byte[] archive)
    {
        using var content = new ByteArrayContent(archive);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        var (name, query) = address.Split('?') is [var before, var after] ? (before, $"?{after}") : (address, "");
        return await _http.PostAsync($"ensembles/{name}/import{query}", content);
    }

    private async Task Refused(byte[] archive, string sentence)
    {
        using var answer = await Import("refused", archive);
        Assert.Contains(sentence, await answer.Problem("invalid"), StringComparison.Ordinal);
    }

    private static byte[] Without(byte[] exported, string ending) =>
        Changed(exported, (_, files) => files.Remove(files.Keys.First(name => name.EndsWith(ending, StringComparison.Ordinal))));

    private static byte[] Changed(byte[] exported, Action<ZipArchive, Dictionary<string, byte[]>> change)
    {
        using var archive = new ZipArchive(new MemoryStream(exported), ZipArchiveMode.Read);
        var files = archive.Entries.ToDictionary(entry => entry.FullName, Bytes);
        using var written = new MemoryStream();
        using (var other = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            change(other, files);
            foreach (var (name, bytes) in files)
                Add(other, name, bytes);
        }

        return written.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(bytes);
    }

    private static void AddEmpty(ZipArchive archive, int count)
    {
        for (var i = 0; i < count; i++)
            archive.CreateEntry($"a file with a long name, of which there are {count} others in this zip file: {i}");
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
