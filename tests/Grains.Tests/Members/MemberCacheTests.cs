using Siamese.Contracts.Tuning;
using Siamese.Grains.Members;
using Siamese.Grains.Storage;
using Siamese.Grains.Tests.Ensembles;

namespace Siamese.Grains.Tests.Members;

public sealed class MemberCacheTests
{
    private static readonly Hyperparameters _hyperparameters = new();
    private static readonly ReadOnlyMemory<byte>[] _image = [Enumerable.Range(0, 28 * 28).Select(i => (byte)i).ToArray()];

    private readonly CountedBlobs _blobs = new();

    [Fact]
    public async Task A_member_is_loaded_once_for_all_callers()
    {
        using var cache = new MemberCache(_blobs);
        var blob = _blobs.Add(seed: 1);
        _blobs.Gate = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 4).Select(_ => cache.Get(blob, _hyperparameters).AsTask()).ToArray();
        _blobs.Gate.SetResult();

        var encoders = await Task.WhenAll(asked);

        Assert.All(encoders, encoder => Assert.Same(encoders[0], encoder));
        Assert.Same(encoders[0], await cache.Get(blob, _hyperparameters));
        Assert.Equal(1, _blobs.Loads(blob));
    }

    [Fact]
    public async Task A_member_is_loaded_outside_the_scheduler_of_the_caller()
    {
        using var cache = new MemberCache(_blobs);
        var blob = _blobs.Add(seed: 1);
        var grain = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

        await Task.Factory.StartNew(() => cache.Get(blob, _hyperparameters).AsTask(), default, TaskCreationOptions.None, grain).Unwrap();

        Assert.Same(TaskScheduler.Default, _blobs.Scheduler);
    }

    [Fact]
    public async Task The_cache_never_exceeds_its_capacity()
    {
        var members = Enumerable.Range(1, 5).Select(_blobs.Add).ToArray();
        using var cache = new MemberCache(_blobs, capacity: (2 * _blobs.Length(members[0])) + 1);
        foreach (var member in members)
            await cache.Get(member, _hyperparameters);

        var before = _blobs.AllLoads;
        foreach (var member in members)
            await cache.Get(member, _hyperparameters);

        // Requested in the same order: a cached member may be evicted before its turn, so at least three are loaded.
        Assert.InRange(_blobs.AllLoads - before, 3, 5);
    }

    [Fact]
    public async Task An_evicted_member_still_embeds_for_callers_that_hold_it()
    {
        var members = Enumerable.Range(1, 4).Select(_blobs.Add).ToArray();
        using var cache = new MemberCache(_blobs, capacity: _blobs.Length(members[0]));
        var held = await cache.Get(members[0], _hyperparameters);
        var before = held.Embed(_image);

        for (var round = 0; round < 3; round++)
        {
            foreach (var member in members[1..])
                await cache.Get(member, _hyperparameters);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(before, held.Embed(_image));
        Assert.Equal(before, (await cache.Get(members[0], _hyperparameters)).Embed(_image));
    }

    [Fact]
    public async Task A_member_that_failed_to_load_is_tried_again()
    {
        using var cache = new MemberCache(_blobs);
        var blob = _blobs.Add(seed: 1);
        _blobs.Fails = true;
        await Assert.ThrowsAsync<BlobException>(async () => await cache.Get(blob, _hyperparameters));
        _blobs.Fails = false;

        Assert.Equal(32, (await cache.Get(blob, _hyperparameters)).EmbeddingSize);
    }
}
