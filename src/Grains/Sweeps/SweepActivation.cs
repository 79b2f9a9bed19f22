using Microsoft.Extensions.Logging;

namespace Siamese.Grains.Sweeps;

/// <summary>One activation of a sweep's grain, as its parts see it.</summary>
/// <param name="Grain">The grain; it is deactivated if a part cannot be stored.</param>
/// <param name="Id">The sweep's id.</param>
/// <param name="Grains">Reaches trials and ensembles.</param>
/// <param name="State">The stored state of the sweep.</param>
/// <param name="Time">The clock.</param>
/// <param name="Term">How long a lease lasts.</param>
/// <param name="Logger">The log of the grain.</param>
internal sealed record SweepActivation(Grain Grain, string Id, IGrainFactory Grains, SweepState State, TimeProvider Time, TimeSpan Term, ILogger Logger)
{
    private readonly long _origin = Time.GetTimestamp();

    /// <summary>A monotonic clock reading: time since the activation.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_origin);
}
