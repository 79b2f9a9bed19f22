using Microsoft.Extensions.DependencyInjection;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Grains.Galleries;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Ensembles;
using Siamese.Grains.Verdicts;

namespace Siamese.Grains.Tests.Galleries;

/// <summary>Indexes of a silo that has just started: it has nothing in memory, but can read everything that others have stored.</summary>
public sealed class GalleryIndexesTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>
{
    private static readonly TimeSpan _patience = TestCluster.Patience;

    [Fact]
    public async Task Stored_embeddings_are_read_and_no_image_is_embedded_again()
    {
        var (quorum, lot) = await Enrolled("started", 5);
        var before = await Started().Get(quorum, _patience, default);
        File.Delete(FileOf(lot.Blob));

        var (index, progress) = await Started().Get(quorum, _patience, default);

        Assert.Equal((5, 5, true), (progress.Embedded, progress.References, progress.IsReady));
        Assert.Equal(before.Index!.Lots[0].Seen.Embeddings, index!.Lots[0].Seen.Embeddings);
        Assert.Equal(lot.References.AsEnumerable(), index.Lots[0].Lot.References);
    }

    [Fact]
    public async Task Lost_embeddings_are_computed_again_and_stored()
    {
        var (quorum, lot) = await Enrolled("lossy", 4);
        var before = await Started().Get(quorum, _patience, default);
        File.Delete(FileOf(lot.Embeddings[0].Blob));

        var (index, _) = await Started().Get(quorum, _patience, default);

        Assert.Equal(before.Index!.Lots[0].Seen.Embeddings[1], index!.Lots[0].Seen.Embeddings[1]);
        Assert.All(before.Index.Lots[0].Seen.Embeddings[0].Zip(index.Lots[0].Seen.Embeddings[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(Assert.Single((await formed.Gallery("lossy").GetLots([], default)).Lots).Embeddings, its => Assert.True(File.Exists(FileOf(its.Blob))));
    }

    [Fact]
    public async Task Only_the_new_images_of_a_grown_lot_are_embedded()
    {
        var (quorum, _) = await Enrolled("growing", 4);
        var indexes = Started();
        var before = await indexes.Get(quorum, _patience, default);
        await formed.Identifying("growing").Enroll([new("late", (await formed.Samples(5))[4])], true, default);

        var (index, _) = await indexes.Get(quorum, _patience, default);

        Assert.Equal(5, index!.Count);
        foreach (var (short4, long5) in before.Index!.Lots[0].Seen.Embeddings.Zip(index.Lots[0].Seen.Embeddings))
            Assert.Equal(short4, long5[..short4.Length]);
        Assert.All(Assert.Single((await formed.Gallery("growing").GetLots([], default)).Lots).Embeddings, its => Assert.Equal(5, its.Count));
    }

    [Fact]
    public async Task A_caller_that_does_not_wait_gets_the_progress_and_the_work_continues()
    {
        var (quorum, _) = await Enrolled("hasty", 3);
        var indexes = Started();

        var (none, progress) = await indexes.Get(quorum, TimeSpan.Zero, default);

        Assert.Null(none);
        Assert.False(progress.IsReady);
        Assert.Equal(3, (await indexes.Get(quorum, _patience, default)).Index!.Count);
        Assert.NotNull((await indexes.Get(quorum, TimeSpan.Zero, default)).Index);
    }

    [Fact]
    public async Task Indexes_beyond_the_capacity_are_evicted_except_the_last_one_used()
    {
        var (first, _) = await Enrolled("crowded-1", 3);
        var (second, _) = await Enrolled("crowded-2", 3);
        var indexes = Started(capacity: 1);

        await indexes.Get(first, _patience, default);
        Assert.NotNull((await indexes.Get(first, TimeSpan.Zero, default)).Index);
        await indexes.Get(second, _patience, default);
        Assert.NotNull((await indexes.Get(second, TimeSpan.Zero, default)).Index);
        Assert.Null((await indexes.Get(first, TimeSpan.Zero, default)).Index);
    }

    [Fact]
    public async Task Late_embeddings_of_a_changed_lot_are_freed_and_repeated_ones_are_not()
    {
        var (_, lot) = await Enrolled("late", 3);
        var mine = lot.Embeddings[0];
        var other = await formed.Cluster.Blobs.Put([1, 2, 3], default);

        await formed.Gallery("late").Keep(lot.Blob, [mine], default);
        Assert.True(File.Exists(FileOf(mine.Blob)));
        await formed.Gallery("late").Keep(lot.Blob, [mine with { Blob = other }], default);
        Assert.False(File.Exists(FileOf(other)));
        Assert.Contains(mine, (await formed.Gallery("late").GetLots([], default)).Lots[0].Embeddings);

        await formed.Cluster.Blobs.Put([1, 2, 3], default);
        await formed.Gallery("late").Keep(new string('0', 64), [mine with { Blob = other }], default);
        Assert.False(File.Exists(FileOf(other)));
    }

    /// <summary>An ensemble with this many enrolled images, which its members have embedded.</summary>
    private async Task<(Quorum Quorum, GalleryLot Lot)> Enrolled(string name, int count)
    {
        var gallery = await formed.Form(name);
        var images = await formed.Samples(count);
        await gallery.Enroll([.. images.Select((image, i) => new NamedImage($"name {i}", image))], true, default);
        await TestCluster.Until(async () => (await gallery.Prepare(null, default)).IsReady);
        var ensemble = (await formed.Cluster.Client.GetGrain<IEnsembleGrain>(name).GetNewest(default))!.Ensemble;
        return (await Services.GetRequiredService<Quorums>().Load(ensemble, default), Assert.Single((await formed.Gallery(name).GetLots([], default)).Lots));
    }

    private IServiceProvider Services => formed.Cluster.Silos.GetSiloServiceProvider(formed.Cluster.Silos.Silos[0].SiloAddress);

    /// <summary>The indexes of a silo that has nothing in memory.</summary>
    private GalleryIndexes Started(long capacity = 1L << 30) => new(
        Services.GetRequiredService<IGrainFactory>(), Services.GetRequiredService<LotEmbedding>(), Services.GetRequiredService<TimeProvider>(), capacity);

    private string FileOf(string blob) => Path.Combine(formed.Cluster.BlobFolder, blob[..2], blob);
}
