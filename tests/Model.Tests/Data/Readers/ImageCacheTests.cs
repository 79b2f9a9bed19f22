using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class ImageCacheTests : IDisposable
{
    private const int Count = ImageCache.FewestImages;

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-cache-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ImageCache _cache;

    public ImageCacheTests()
    {
        _cache = new ImageCache(CacheFolder, long.MaxValue, "test", _time);
        for (var i = 0; i < Count; i++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(i))!);
            Write(i, (byte)(i / 250), (byte)(i % 250));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_second_read_gives_the_same_data_without_decoding()
    {
        var first = Open();
        // The files are gone but for their length and time, so nothing can be decoded.
        for (var i = 0; i < Count; i++)
            Overwrite(i, new byte[new FileInfo(At(i)).Length]);

        var second = Open();

        Assert.Equal((first.Fingerprint, Convert.ToHexString(first.Training.Images.Pixels)), (second.Fingerprint, Convert.ToHexString(second.Training.Images.Pixels)));
        Assert.Equal(first.Remarks, second.Remarks);
        Assert.Contains(At(0), Assert.Throws<BadInputException>(() => Open(new ImageCache(CacheFolder, long.MaxValue, "another", _time))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_read_again()
    {
        var first = Open();
        Write(7, 200, 201);

        var second = Open();

        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
        Assert.Equal(Open(cache: null).Fingerprint, second.Fingerprint);
    }

    [Fact]
    public void A_file_that_was_changed_when_it_was_read_is_read_again()
    {
        Write(7, 200, 201);
        File.SetLastWriteTimeUtc(At(7), Now);
        Open();
        Overwrite(7, new byte[new FileInfo(At(7)).Length]);

        Assert.Contains(At(7), Assert.Throws<BadInputException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_damaged_cache_is_ignored_and_replaced(int at)
    {
        var first = Open();
        var file = Assert.Single(Directory.GetFiles(CacheFolder));
        var bytes = File.ReadAllBytes(file);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.Equal(first.Fingerprint, Open().Fingerprint);

        Assert.NotEqual(bytes, File.ReadAllBytes(Assert.Single(Directory.GetFiles(CacheFolder))));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_does_no_harm()
    {
        File.WriteAllText(CacheFolder, "");

        Assert.Equal(Open(cache: null).Fingerprint, Open().Fingerprint);
    }

    [Fact]
    public void The_longest_unread_data_set_is_removed_beyond_the_limit()
    {
        Open();
        var first = new FileInfo(Assert.Single(Directory.GetFiles(CacheFolder)));
        File.SetLastWriteTimeUtc(first.FullName, Now.AddHours(-1));

        Open(new ImageCache(CacheFolder, first.Length + 10, "another", _time));

        Assert.NotEqual(first.FullName, Assert.Single(Directory.GetFiles(CacheFolder)));
    }

    [Fact]
    public void Images_are_counted_while_they_are_read()
    {
        var count = new ReadCount();

        DataSets.Open(new DataSource { Path = DataFolderPath }, DataFolder.Small, CancellationToken.None, new ReadingAids(Count: count));

        Assert.Equal((Count, Count), (count.Read, count.All));
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private string CacheFolder => Path.Combine(_folder, "cache");

    private string DataFolderPath => Path.Combine(_folder, "data");

    private string At(int i) => Path.Combine(DataFolderPath, $"class-{i % 4}", $"{i:0000}.pgm");

    private DataSet Open() => Open(_cache);

    private DataSet Open(ImageCache? cache) =>
        DataSets.Open(new DataSource { Path = DataFolderPath }, DataFolder.Small, CancellationToken.None, new ReadingAids(Cache: cache));

    /// <summary>An image that differs from the others, last changed an hour ago.</summary>
    private void Write(int i, byte one, byte other)
    {
        File.WriteAllBytes(At(i), [.. "P5 2 2 255\n"u8, one, other, 255, 0]);
        File.SetLastWriteTimeUtc(At(i), Now.AddHours(-1).AddSeconds(one));
    }

    /// <summary>Changes the content of a file, but not its length and time.</summary>
    private void Overwrite(int i, byte[] bytes)
    {
        var time = File.GetLastWriteTimeUtc(At(i));
        File.WriteAllBytes(At(i), bytes);
        File.SetLastWriteTimeUtc(At(i), time);
    }
}
