using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Data;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class UploadedSweepTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-upload-").FullName;
    private TestCluster _cluster = null!;
    private DataManifest _manifest = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.Start();
        _cluster.Trainings.AtOnce = lease => Some.Result(sweep: lease.Sweep);
        for (var i = 0; i < 24; i++)
        {
            var pixels = new byte[ImageShape.Digits.Bytes];
            new Random(i).NextBytes(pixels);
            var path = Path.Combine(_folder, $"{i % 2}", $"{i}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, PngWriter.Write(pixels, ImageShape.Digits));
        }

        _manifest = await Uploaded.Pieces(_cluster.Blobs, _folder);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ImmutableArray<string> Pieces => [.. _manifest.Pieces.Select(piece => piece.Sha256)];

    [Fact]
    public async Task Removing_the_last_sweep_on_a_data_set_removes_the_data_set()
    {
        var data = await Seal();
        var first = await _cluster.Submit("first", Request(data));
        var second = await _cluster.Submit("second", Request(data, seed: 2));
        await TestCluster.Until(first, SweepPhase.Completed);
        await TestCluster.Until(second, SweepPhase.Completed);

        await first.Remove(CancellationToken.None);
        Assert.Empty(await _cluster.Blobs.Missing(Pieces, CancellationToken.None));
        var freed = await second.Remove(CancellationToken.None);

        Assert.Equal(Pieces.AsEnumerable(), await _cluster.Blobs.Missing(Pieces, CancellationToken.None));
        Assert.True(freed >= _manifest.Length, $"{freed} of {_manifest.Length}");
    }

    [Fact]
    public async Task Unavailable_data_is_reported_in_one_sentence()
    {
        var data = await Seal();
        await _cluster.Blobs.Delete(Pieces[3], CancellationToken.None);

        var sweep = await TestCluster.Until(await _cluster.Submit("sweep", Request(data)), SweepPhase.Rejected);
        var samples = await Assert.ThrowsAsync<BadInputException>(() =>
            _cluster.Client.GetGrain<ISampleGrain>(0).Draw(data, 2, 1, CancellationToken.None));

        Assert.StartsWith($"The data set cannot be fetched from the store because of blob {Pieces[3]}", sweep.Problem, StringComparison.Ordinal);
        Assert.Equal(sweep.Problem, samples.Message);
    }

    [Theory]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(InsufficientMemoryException))]
    public async Task A_sweep_whose_data_did_not_fit_into_the_memory_reads_it_again(Type shortage)
    {
        var data = await Seal();
        var reads = 0;
        _cluster.Blobs.BeforeGet = blob =>
        {
            if (blob == Pieces[3] && Interlocked.Increment(ref reads) <= DataUnavailableException.MostSilos + 1)
                throw (Exception)Activator.CreateInstance(shortage)!;
        };

        var sweep = await _cluster.Submit("sweep", Request(data));
        await TestCluster.Until(sweep, progress => progress.Phase is SweepPhase.Completed or SweepPhase.Rejected || Forward());

        Assert.Equal(SweepPhase.Completed, (await sweep.GetProgress(0, CancellationToken.None)).Phase);
        Assert.Equal(DataUnavailableException.MostSilos + 2, reads);

        // A sweep rests for two seconds after a failed step.
        bool Forward()
        {
            _cluster.Clock.PutForward(TimeSpan.FromSeconds(1));
            return false;
        }
    }

    [Fact]
    public async Task A_sweep_on_missing_data_is_refused_at_once()
    {
        var gone = new DataSource { Manifest = new string('a', 64), Name = "gone" };

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => _cluster.Submit("sweep", Request(gone)));

        Assert.Contains("no longer in the store", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(SweepPhase.Unknown, (await _cluster.Sweep("sweep").GetProgress(0, CancellationToken.None)).Phase);
    }

    private async Task<DataSource> Seal()
    {
        var end = await _cluster.Client.GetGrain<IUploadGrain>(0).Seal([.. _manifest.Write()], CancellationToken.None);
        Assert.Empty(end.Missing);
        return new DataSource { Manifest = end.Manifest, Name = "my data" };
    }

    private static SweepRequest Request(DataSource data, int seed = 1) =>
        Some.Request(seed) with { Data = data, Space = SearchSpace.Of(("batch-size", [8])) };
}
