using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>Finds the sweep that a request is about.</summary>
internal static class KnownSweep
{
    /// <summary>The state of a sweep, without the trials that have ended.</summary>
    /// <exception cref="ProblemException">There is no such sweep.</exception>
    public static async Task<SweepProgress> Find(string sweep, GrainCalls calls)
    {
        var progress = await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(sweep).GetProgress(int.MaxValue, cancellation));
        return progress.Phase is not SweepPhase.Unknown ? progress : throw new ProblemException(ProblemKind.NotFound, $"There is no sweep '{PlainText.Of(sweep)}'; GET sweeps lists all.");
    }
}
