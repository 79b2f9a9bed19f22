using Siamese.Grains.Storage;

namespace Siamese.Grains.Training;

/// <summary>
/// Weights of the trial in ensembles that were brought in. A blob of weights names its trial, so this grain alone decides,
/// turn by turn, when it may go: neither a sweep's end nor an ensemble's takes it from the other.
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
        // First, so that a removal that is cut short finds it when it is made again.
        var freed = isNeeded ? 0 : await blobs.Delete(blob, cancellation);
        state.State.Holders.Remove(ensemble);
        await this.Save(state, cancellation);
        return freed;
    }
}
