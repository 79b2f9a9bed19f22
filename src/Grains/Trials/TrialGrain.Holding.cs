using Siamese.Grains.Storage;

namespace Siamese.Grains.Trials;

/// <summary>
/// The trial's weights in imported ensembles, and as the start of other trials. A weights blob belongs to one trial, so this grain alone
/// decides, one call at a time, when to delete it: removing a sweep does not take the weights from an ensemble, nor the other way round.
/// </summary>
internal sealed partial class TrialGrain
{
    public async Task Hold(string holder, string weightsBlob, CancellationToken cancellation)
    {
        if (state.State.Holders.GetValueOrDefault(holder) == weightsBlob)
            return;
        state.State.Holders[holder] = weightsBlob;
        await this.Save(state, cancellation);
    }

    public async Task<long> LetGo(string holder, CancellationToken cancellation)
    {
        if (!state.State.Holders.TryGetValue(holder, out var blob))
            return 0;
        var isNeeded = _trial.Blobs.Contains(blob) || state.State.Holders.Any(other => other.Key != holder && other.Value == blob);
        // Delete the blob first, so that an interrupted removal still finds it when it is repeated.
        var freed = isNeeded ? 0 : await blobs.Delete(blob, cancellation);
        state.State.Holders.Remove(holder);
        await this.Save(state, cancellation);
        return freed;
    }
}
