using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands;

/// <summary>Looks up sweeps by id, so that a mistyped id is reported and not taken for an empty sweep.</summary>
internal static class SweepLookup
{
    /// <summary>Returns the progress of a sweep.</summary>
    /// <exception cref="BadInputException">There is no sweep with that id.</exception>
    public static async Task<SweepProgress> Require(Calls calls, string sweep, CancellationToken cancellation)
    {
        var progress = await calls.Make((cluster, token) => cluster.Sweep(sweep).GetProgress(0, token), cancellation);
        return progress.Phase != SweepPhase.Unknown
            ? progress
            : throw Unknown(sweep);
    }

    /// <summary>The error for an id that no sweep has.</summary>
    public static BadInputException Unknown(string sweep) => new($"There is no sweep '{sweep}'; `client status` lists all sweeps.");
}
