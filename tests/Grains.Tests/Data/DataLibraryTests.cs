using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Threads;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Grains.Tests.Data;

public sealed class DataLibraryTests : IDisposable
{
    private static readonly ImageShape _shape = new(8, 8);

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-data-").FullName;
    private readonly DataLibrary _library = Library();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DataSource Source => new() { Path = _folder };

    [Fact]
    public async Task Trials_of_a_sweep_share_one_loaded_data_set()
    {
        WriteClasses(seed: 1);
        var opened = await Open();

        Assert.Same(opened, _library.Get(Source, _shape, opened.Fingerprint));
        Assert.Same(opened, _library.Get(Source, _shape, opened.Fingerprint));
    }

    [Fact]
    public async Task The_embedded_data_set_is_read_once()
    {
        var one = await _library.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None);
        var other = await _library.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None);

        Assert.Same(one, other);
        Assert.Equal((1000, 1000, 10_000), (one.Training.Images.Count, one.Validation.Images.Count, one.Test.Images.Count));
    }

    [Fact]
    public async Task A_new_sweep_sees_the_current_content_of_the_folder()
    {
        WriteClasses(seed: 1);
        var before = await Open();
        WriteClasses(seed: 2);
        var after = await Open();

        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
        Assert.Same(after, _library.Get(Source, _shape, after.Fingerprint));
    }

    [Fact]
    public async Task Data_that_changed_after_the_sweep_was_submitted_is_refused()
    {
        WriteClasses(seed: 1);
        var before = await Open();
        WriteClasses(seed: 2);
        await Open();

        var refusal = Assert.Throws<BadInputException>(() => _library.Get(Source, _shape, before.Fingerprint));

        Assert.Contains(_folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("has changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_could_not_be_read_is_read_again_after_it_is_fixed()
    {
        await Assert.ThrowsAsync<BadInputException>(Open);
        WriteClasses(seed: 1);

        Assert.Equal(2, (await Open()).Classes.Count);
    }

    [Fact]
    public async Task An_evicted_data_set_is_read_again()
    {
        WriteClasses(seed: 1);
        var first = await Open();
        for (var size = 9; size < 15; size++)
            await _library.Open(Source, new ImageShape(size, size), CancellationToken.None);

        var again = _library.Get(Source, _shape, first.Fingerprint);

        Assert.NotSame(first, again);
        Assert.Equal(first.Fingerprint, again.Fingerprint);
    }

    [Fact]
    public async Task Concurrent_threads_share_one_loaded_data_set()
    {
        WriteClasses(seed: 1);
        var fingerprint = (await Library().Open(Source, _shape, CancellationToken.None)).Fingerprint;
        using var barrier = new Barrier(4);

        var sets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OwnThread.Run(
            () =>
            {
                barrier.SignalAndWait();
                return _library.Get(Source, _shape, fingerprint);
            },
            CancellationToken.None)));

        Assert.Single(sets.Distinct());
    }

    private static DataLibrary Library() => Uploaded.Library(new FolderBlobStore("not used"), "not used");

    private Task<DataSet> Open() => _library.Open(Source, _shape, CancellationToken.None);

    private void WriteClasses(int seed)
    {
        var random = new Random(seed);
        foreach (var label in (string[])["a", "b"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, label));
            for (var i = 0; i < 12; i++)
            {
                var pixels = new byte[_shape.Bytes];
                random.NextBytes(pixels);
                File.WriteAllBytes(Path.Combine(_folder, label, $"{i:00}.png"), PngWriter.Write(pixels, _shape));
            }
        }
    }
}
