using Siamese.Contracts.Ensembles;
using Siamese.Grains.Ensembles;

namespace Siamese.Grains.Sweeps;

/// <summary>The ensemble versions that a sweep forms while it is still training.</summary>
internal sealed partial class SweepGrain
{
    private readonly FormingPace _pace = new();

    private IEnsembleVersions Ensemble => GrainFactory.GetGrain<IEnsembleVersions>(Id);

    /// <summary>Starts forming a version if one is due, and checks on it at each step.</summary>
    private async Task FormMeanwhile(Sweep sweep, CancellationToken cancellation)
    {
        if (_pace.IsUnderWay)
        {
            if ((await Ensemble.GetForming(cancellation)).IsUnderWay)
                return;
            _pace.Ended(Now);
            await Show((await Ensemble.GetNewest(cancellation))?.Ensemble, cancellation);
        }

        var finished = sweep.Completed;
        if (!_pace.IsDue(finished, Now))
            return;
        var candidates = await Candidates();
        _pace.Began(finished, Now);
        if (!candidates.IsEmpty)
            await Ensemble.Form(OrderOf(candidates, isFinal: false), cancellation);
    }

    /// <summary>Stored, so that a reactivated sweep still knows that it has an ensemble.</summary>
    private async Task Show(Ensemble? newest, CancellationToken cancellation)
    {
        if (newest is null || State.Newest?.Version == newest.Version)
            return;
        State.Newest = EnsembleSoFar.Of(newest);
        await Store(cancellation);
    }
}
