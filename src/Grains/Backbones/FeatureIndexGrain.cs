using System.Collections.Immutable;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Backbones;

/// <inheritdoc cref="IFeatureIndexGrain"/>
/// <remarks>Claims are in memory alone: if they are lost with a silo, some images are computed twice.</remarks>
internal sealed class FeatureIndexGrain([PersistentState("features")] IPersistentState<FeatureIndexState> state, IBlobStore blobs, TimeProvider time) : Grain, IFeatureIndexGrain
{
    /// <summary>A claim ends if it is not extended: the silo may be dead.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<UInt128, FeaturePlace> _known = [];
    private readonly Dictionary<string, (ImagesRead Progress, long Since)> _readings = [];
    private readonly Dictionary<UInt128, (string Claimant, long Since)> _claims = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var missing = await blobs.Refresh([.. state.State.Packs.Select(pack => pack.Blob)], cancellationToken);
        state.State.Packs.RemoveAll(pack => missing.Contains(pack.Blob));
        foreach (var pack in state.State.Packs)
            Know(pack);
    }

    public Task<ImmutableArray<FeaturePlace>> Claim(string claimant, ImmutableArray<UInt128> images, ImagesRead progress, CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        _readings[claimant] = (progress, now);
        return Task.FromResult(ImmutableArray.CreateRange(images, Place));

        FeaturePlace Place(UInt128 image)
        {
            if (_known.TryGetValue(image, out var place))
                return place;
            if (_claims.TryGetValue(image, out var claim) && claim.Claimant != claimant && time.GetElapsedTime(claim.Since, now) < _patience)
                return default;
            _claims[image] = (claimant, now);
            return new(null, 0, IsYours: true);
        }
    }

    public async Task Add(string blob, ImmutableArray<UInt128> images, CancellationToken cancellation)
    {
        foreach (var image in images)
            _claims.Remove(image);
        if (state.State.Packs.Any(pack => pack.Blob == blob))
            return;
        var pack = new FeaturePack(blob, images);
        state.State.Packs.Add(pack);
        await this.Save(state, cancellation);
        Know(pack);
    }

    /// <remarks>Silos begin with different images, so what they have adds up, until they take what others computed.</remarks>
    public Task<ImagesRead?> GetProgress(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        foreach (var (silent, _) in _readings.Where(reading => time.GetElapsedTime(reading.Value.Since, now) >= _patience).ToArray())
            _readings.Remove(silent);
        if (_readings.Count == 0)
            return Task.FromResult<ImagesRead?>(null);
        var all = _readings.Values.Max(reading => reading.Progress.All);
        return Task.FromResult<ImagesRead?>(new(Math.Min(all, _readings.Values.Where(reading => reading.Progress.All == all).Sum(reading => reading.Progress.Read)), all));
    }

    public Task Release(string claimant, CancellationToken cancellation)
    {
        _readings.Remove(claimant);
        foreach (var (image, _) in _claims.Where(claim => claim.Value.Claimant == claimant).ToArray())
            _claims.Remove(image);
        return Task.CompletedTask;
    }

    public async Task Lost(string blob, CancellationToken cancellation)
    {
        if (state.State.Packs.RemoveAll(pack => pack.Blob == blob) == 0)
            return;
        foreach (var (image, _) in _known.Where(known => known.Value.Blob == blob).ToArray())
            _known.Remove(image);
        await this.Save(state, cancellation);
    }

    private void Know(FeaturePack pack)
    {
        for (var row = 0; row < pack.Images.Length; row++)
            _known[pack.Images[row]] = new(pack.Blob, row, IsYours: false);
    }
}
