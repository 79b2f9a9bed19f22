using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Data;

public sealed class DataCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-cache-").FullName;
    private readonly FolderBlobStore _blobs;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly DataCache _cache;

    public DataCacheTests()
    {
        _blobs = new FolderBlobStore(Path.Combine(_folder, "blobs"));
        _cache = Uploaded.Cache(_blobs, CacheFolder, _time);
    }

    private string CacheFolder => Path.Combine(_folder, "cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Fetched_files_equal_the_uploaded_ones()
    {
        var name = await Upload("data", ("a/1.png", 1000), ("a/2.png", 0), ("b/3.png", 5), ("z", 0));

        Assert.Equal([("a/1.png", 1000L), ("a/2.png", 0L), ("b/3.png", 5L), ("z", 0L)], Read(_cache, name));
        Assert.Equal(System.IO.File.ReadAllBytes(Path.Combine(_folder, "data/a/1.png")), System.IO.File.ReadAllBytes(Path.Combine(CacheFolder, name, "a/1.png")));
    }

    [Fact]
    public async Task Pieces_that_span_files_are_assembled()
    {
        var bytes = Bytes(100, 1);
        DataFile[] files = [File(bytes, "a", 0, 30), File(bytes, "b", 30, 31), File(bytes, "c", 31, 90), File(bytes, "d", 90, 100)];
        var pieces = new List<DataPiece>();
        for (var at = 0; at < 100; at += 40)
        {
            var piece = bytes[at..Math.Min(100, at + 40)];
            pieces.Add(new(piece.Length, await _blobs.Put(piece, CancellationToken.None)));
        }

        var name = await Put(new DataManifest(files, pieces, null, null));

        Assert.Equal([("a", 30L), ("b", 1L), ("c", 59L), ("d", 10L)], Read(_cache, name));
    }

    [Fact]
    public async Task Cached_data_is_not_fetched_again()
    {
        var name = await Upload("data", ("a", 1000));
        Read(_cache, name);
        await _blobs.Delete(Hash("data/a"), CancellationToken.None);

        Assert.Equal([("a", 1000L)], Read(Uploaded.Cache(_blobs, CacheFolder), name));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("shorter")]
    [InlineData("gone")]
    public async Task A_damaged_cached_copy_is_discarded_and_fetched_again(string how)
    {
        var name = await Upload("data", ("a", 1000), ("b", 10));
        Read(_cache, name);
        var file = Path.Combine(CacheFolder, name, "a");
        if (how == "gone")
            System.IO.File.Delete(file);
        else
            await System.IO.File.WriteAllBytesAsync(file, new byte[how == "changed" ? 1000 : 10]);

        Assert.Equal([("a", 1000L), ("b", 10L)], Read(_cache, name));
        Assert.Equal(Hash("data/a"), Uploaded.Hash(await System.IO.File.ReadAllBytesAsync(file)));
    }

    [Fact]
    public async Task A_missing_or_damaged_piece_in_the_store_is_named()
    {
        var name = await Upload("data", ("a", 1000), ("b", 10));
        var piece = Hash("data/b");
        await System.IO.File.WriteAllBytesAsync(Path.Combine(_folder, "blobs", piece[..2], piece), new byte[10]);
        var broken = Unavailable(_cache, name);
        Assert.Contains($"because of blob {piece}", broken, StringComparison.Ordinal);
        Assert.Contains("broken", broken, StringComparison.Ordinal);
        await _blobs.Delete(piece, CancellationToken.None);
        Assert.Contains($"because of blob {piece}", Unavailable(_cache, name), StringComparison.Ordinal);

        // A partial download never counts as the data set, now or later.
        await _blobs.Put(await System.IO.File.ReadAllBytesAsync(Path.Combine(_folder, "data/b")), CancellationToken.None);
        Assert.Equal([("a", 1000L), ("b", 10L)], Read(_cache, name));
    }

    [Fact]
    public async Task A_missing_or_wrong_manifest_is_refused()
    {
        Assert.Contains(new string('c', 64), Unavailable(_cache, new string('c', 64)), StringComparison.Ordinal);
        Assert.Contains("not a list of files", Unavailable(_cache, await _blobs.Put([1, 2, 3], CancellationToken.None)), StringComparison.Ordinal);

        var bytes = Bytes(10, 1);
        var piece = new DataPiece(10, await _blobs.Put(bytes, CancellationToken.None));
        DataFile wrong = new("a", 10, new string('d', 64)), right = File(bytes, "a", 0, 10);
        Assert.Contains("its file a does not match the manifest", Unavailable(_cache, await Put(new([wrong], [piece], null, null))), StringComparison.Ordinal);
        Assert.Contains("longer", Unavailable(_cache, await Put(new([File(bytes, "a", 0, 5)], [piece with { Length = 5 }], null, null))), StringComparison.Ordinal);
        Assert.Contains("shorter", Unavailable(_cache, await Put(new([right with { Length = 11 }], [piece with { Length = 11 }], null, null))), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(CacheFolder));
    }

    [Fact]
    public async Task The_least_recently_used_data_set_is_evicted()
    {
        var cache = Uploaded.Cache(_blobs, CacheFolder, _time, limit: 2500);
        var (first, second, third) = (await Upload("1", ("a", 1000)), await Upload("2", ("b", 1000)), await Upload("3", ("c", 1000)));
        foreach (var name in new[] { first, second, first })
        {
            Read(cache, name);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Read(cache, third);

        Assert.Equal(new[] { first, third }.Order(), Cached().Order());
    }

    [Fact]
    public async Task Data_that_another_silo_is_reading_is_not_evicted()
    {
        var cache = Uploaded.Cache(_blobs, CacheFolder, _time, limit: 1500);
        var (first, second) = (await Upload("1", ("a", 1000)), await Upload("2", ("b", 1000)));

        cache.Read(first, (_, _) =>
        {
            Read(Uploaded.Cache(_blobs, CacheFolder, _time, limit: 1500), second);
            Assert.Equal(new[] { first, second }.Order(), Cached().Order());
            return 0;
        });
    }

    [Fact]
    public async Task Partial_downloads_of_a_dead_silo_are_evicted_too()
    {
        var (first, second) = (await Upload("1", ("a", 1000)), await Upload("2", ("b", 1000)));
        var half = Directory.CreateDirectory(Path.Combine(CacheFolder, $"{first}.partial"));
        await System.IO.File.WriteAllBytesAsync(Path.Combine(half.FullName, "a"), new byte[900]);

        Read(Uploaded.Cache(_blobs, CacheFolder, _time, limit: 1500), second);
        Assert.Equal([second], Cached());

        half.Create();
        await System.IO.File.WriteAllBytesAsync(Path.Combine(half.FullName, "a"), new byte[900]);
        Assert.Equal([("a", 1000L)], Read(_cache, first));
    }

    [Fact]
    public async Task A_silo_without_room_reports_the_folder()
    {
        var name = await Upload("data", ("a", 1_000_000));
        var refusal = Unavailable(Uploaded.Cache(_blobs, CacheFolder, _time, limit: 999_999), name);
        Assert.Contains($"cannot keep a data set of 1.0 MB in {CacheFolder}", refusal, StringComparison.Ordinal);
        Assert.Contains("start the silo with a larger cache", refusal, StringComparison.Ordinal);

        // A file where the folder should be: nothing can be written there.
        var blocked = Path.Combine(_folder, "blocked");
        await System.IO.File.WriteAllTextAsync(blocked, "");
        Assert.Contains($"in {blocked}", Unavailable(Uploaded.Cache(_blobs, blocked), name), StringComparison.Ordinal);
    }

    private string[] Cached() => Array.ConvertAll(Directory.GetDirectories(CacheFolder), folder => Path.GetFileName(folder));

    private static string Unavailable(DataCache cache, string name) =>
        Assert.Throws<DataUnavailableException>(() => cache.Read(name, (_, _) => 0)).Message;

    /// <summary>Paths and lengths of the files in the data set's folder.</summary>
    private static (string, long)[] Read(DataCache cache, string name) => cache.Read(name, (folder, _) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(folder, path), new FileInfo(path).Length)).ToArray());

    private async Task<string> Upload(string folder, params (string Name, int Length)[] files)
    {
        foreach (var (file, length) in files)
        {
            var path = Path.Combine(_folder, folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await System.IO.File.WriteAllBytesAsync(path, Bytes(length, file.Length + file[0]));
        }

        return await Uploaded.Put(_blobs, Path.Combine(_folder, folder));
    }

    private Task<string> Put(DataManifest manifest) => _blobs.Put(manifest.Write(), CancellationToken.None);

    private string Hash(string file) => Uploaded.Hash(System.IO.File.ReadAllBytes(Path.Combine(_folder, file)));

    private static DataFile File(byte[] bytes, string path, int from, int to) => new(path, to - from, Uploaded.Hash(bytes[from..to]));

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
