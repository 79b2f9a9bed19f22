using Siamese.Grains.Storage;

namespace Siamese.Grains.Trials;

/// <summary>
/// The trial's weights in imported ensembles. A weights blob belongs to one trial, so this grain alone decides, one call at a
/// time, when to delete it: removing a sweep does not take the weights from an ensemble, nor the other way round.
/// </summary>
internal sealed partial class TrialGrain
{
    public async Task Hold(string ensemble, string weightsBlob, CancellationToken cancellation)
    {
        if (state.State.Holders.GetValueOrDefault(ensemble) == weightsBlob)
            return;
        state.State.Holders[ensemble] = weightsBlob;
        await this.Save(state, cancellation);
    }

    public async Task<long> LetGo(string ensemble, CancellationToken cancellation)
    {
        if (!state.State.Holders.TryGetValue(ensemble, out var blob))
            return 0;
        var isNeeded = _trial.Blobs.Contains(blob) || state.State.Holders.Any(holder => holder.Key != ensemble && holder.Value == blob);
        // Delete the blob first, so that an interrupted removal still finds it when it is repeated.
        var freed = isNeeded ? 0 : await blobs.Delete(blob, cancellation);
        state.State.Holders.Remove(ensemble);
        await this.Save(state, cancellation);
        return freed;
    }
}
