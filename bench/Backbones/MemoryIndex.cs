using System.Collections.Immutable;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Backbones;

namespace Siamese.Bench.Backbones;

/// <summary>The index of one silo's features.</summary>
internal sealed class MemoryIndex : IFeatureIndexGrain
{
    private readonly Dictionary<UInt128, FeaturePlace> _known = [];

    public Task<ImmutableArray<FeaturePlace>> Claim(string claimant, ImmutableArray<UInt128> images, ImagesRead progress, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray.CreateRange(images, image => _known.GetValueOrDefault(image, new(null, 0, IsYours: true))));

    public Task Add(string blob, ImmutableArray<UInt128> images, CancellationToken cancellation)
    {
        foreach (var (row, image) in images.Index())
            _known[image] = new(blob, row, IsYours: false);
        return Task.CompletedTask;
    }

    public Task<ImagesRead?> GetProgress(CancellationToken cancellation) => Task.FromResult<ImagesRead?>(null);

    public Task Release(string claimant, CancellationToken cancellation) => Task.CompletedTask;

    public Task Lost(string blob, CancellationToken cancellation) => Task.CompletedTask;
}
