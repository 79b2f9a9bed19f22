using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
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

    public void Dispose()
    {
        _library.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

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
    public async Task The_least_recently_used_data_sets_are_released_when_others_need_the_memory()
    {
        using var library = Library(new DataMemoryOptions { LimitBytes = 24 * (_shape.Bytes + sizeof(int)) * 2 });
        WriteClasses(seed: 1);
        var first = await library.Open(Source, _shape, CancellationToken.None);
        var (kept, fingerprint) = (library.KeptBytes, first.Fingerprint);
        Assert.Equal(24 * (_shape.Bytes + sizeof(int)), kept);
        first = null;
        await library.Open(Source, new ImageShape(4, 16), CancellationToken.None);
        Assert.Equal(2 * kept, library.KeptBytes);
        await library.Open(Source, new ImageShape(16, 4), CancellationToken.None);

        Assert.Equal(2 * kept, library.KeptBytes);
        Assert.Equal(fingerprint, library.Get(Source, _shape, fingerprint).Fingerprint);
        Assert.Equal(2 * kept, library.KeptBytes);
    }

    [Fact]
    public async Task A_data_set_that_is_larger_than_the_memory_for_data_is_refused_before_it_is_read()
    {
        using var library = Library(new DataMemoryOptions { LimitBytes = (24 * _shape.Bytes) - 1 });
        WriteClasses(seed: 1);

        var refusal = await Assert.ThrowsAsync<DataUnavailableException>(() => library.Open(Source, _shape, CancellationToken.None));

        Assert.StartsWith($"{_folder} takes", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, library.KeptBytes);
    }

    [Fact]
    public async Task A_data_set_that_nobody_asks_for_leaves_the_memory_in_time()
    {
        WriteClasses(seed: 1);
        var time = new FakeTimeProvider();
        using var library = Library(new DataMemoryOptions { KeptFor = TimeSpan.FromMinutes(5) }, time);
        var fingerprint = (await library.Open(Source, _shape, CancellationToken.None)).Fingerprint;
        time.Advance(TimeSpan.FromMinutes(3));
        await library.Open(Source, new ImageShape(4, 16), CancellationToken.None);
        var both = library.KeptBytes;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(both / 2, library.KeptBytes);
        time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(0, library.KeptBytes);
        Assert.Equal(fingerprint, library.Get(Source, _shape, fingerprint).Fingerprint);
    }

    [Fact]
    public void Nothing_refers_to_a_released_data_set()
    {
        WriteClasses(seed: 1);
        var time = new FakeTimeProvider();
        using var library = Library(new DataMemoryOptions(), time);
        var set = OpenWeakly(library);

        time.Advance(new DataMemoryOptions().KeptFor);
        GC.Collect();

        Assert.False(set.TryGetTarget(out _));
    }

    [Fact]
    public async Task A_released_data_set_that_is_still_used_is_shared()
    {
        WriteClasses(seed: 1);
        var time = new FakeTimeProvider();
        using var library = Library(new DataMemoryOptions(), time);
        var used = await library.Open(Source, _shape, CancellationToken.None);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, library.KeptBytes);

        Assert.Same(used, library.Get(Source, _shape, used.Fingerprint));
    }

    [Fact]
    public async Task A_data_set_stays_for_the_next_trial_when_a_long_trial_has_ended()
    {
        WriteClasses(seed: 1);
        var time = new FakeTimeProvider();
        using var library = Library(new DataMemoryOptions(), time);
        var used = await library.Open(Source, _shape, CancellationToken.None);
        var kept = library.KeptBytes;
        time.Advance(TimeSpan.FromHours(1));

        library.Used(used);

        Assert.Equal(kept, library.KeptBytes);
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

    private static DataLibrary Library(DataMemoryOptions? memory = null, TimeProvider? time = null) =>
        Uploaded.Library(new FolderBlobStore("not used"), "not used", memory, time);

    /// <summary>Not inlined, so that the caller keeps no reference.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<DataSet> OpenWeakly(DataLibrary library) =>
        new(OwnThread.Run(() => library.Open(Source, _shape, CancellationToken.None).GetAwaiter().GetResult(), CancellationToken.None).GetAwaiter().GetResult());

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
