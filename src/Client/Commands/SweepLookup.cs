using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands;

/// <summary>Looks sweeps up by their id, so that a mistyped one is told and not taken for an empty sweep.</summary>
internal static class SweepLookup
{
    /// <summary>How the sweep stands.</summary>
    /// <exception cref="BadInputException">There is none of that id.</exception>
    public static async Task<SweepProgress> Require(Calls calls, string sweep, CancellationToken cancellation)
    {
        var progress = await calls.Make((cluster, token) => cluster.Sweep(sweep).GetProgress(0, token), cancellation);
        return progress.Phase != SweepPhase.Unknown
            ? progress
            : throw new BadInputException($"There is no sweep '{sweep}'; `client status` lists those there are.");
    }
}
