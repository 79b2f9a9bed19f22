using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

/// <summary>The memory that readers ask for before they read images.</summary>
public sealed class ReservedMemoryTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly List<long> _reserved = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_images_reserves_their_pixels()
    {
        _folder.WriteClasses(12, "a", "b");
        Open(_folder.Path);
        Assert.Equal([24L * DataFolder.Small.Bytes], _reserved);
    }

    [Fact]
    public void Idx_files_reserve_their_pixels_and_their_unpacked_values()
    {
        WriteIdx("train", 60);
        WriteIdx("t10k", 30);
        Open(_folder.Path);
        Assert.Equal([(90L * DataFolder.Small.Bytes) + (90 * 100) + 90], _reserved);
    }

    [Fact]
    public void The_built_in_digits_reserve_their_pixels()
    {
        Open(path: null);
        Assert.Equal([12_000L * DataFolder.Small.Bytes], _reserved);
    }

    [Fact]
    public void Nothing_is_unpacked_if_the_memory_is_refused()
    {
        WriteIdx("train", 60);
        // Damaged after its header: unpacking it would be refused in other words.
        var packed = SomeImages.Gz(SomeImages.Idx([60, 10, 10]));
        File.Delete(_folder.At("train-images-idx3-ubyte"));
        packed[^9] ^= 1;
        _folder.Write("train-images-idx3-ubyte.gz", packed);

        Assert.Throws<InsufficientMemoryException>(() => DataSets.Open(
            new DataSource { Path = _folder.Path }, DataFolder.Small, CancellationToken.None, new ReadingAids(Reserve: _ => throw new InsufficientMemoryException())));
    }

    private void WriteIdx(string part, int count)
    {
        _folder.Write($"{part}-images-idx3-ubyte", SomeImages.Idx([count, 10, 10], SomeImages.Pixels(count, new ImageShape(count, 100))));
        _folder.Write($"{part}-labels-idx1-ubyte", SomeImages.Idx([count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 3))]));
    }

    private void Open(string? path) =>
        DataSets.Open(new DataSource { Path = path }, DataFolder.Small, CancellationToken.None, new ReadingAids(Reserve: _reserved.Add));
}
