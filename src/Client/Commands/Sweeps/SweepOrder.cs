using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>What `sweep` was asked to do.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="Request">The request to submit.</param>
/// <param name="Trials">Maximum number of trials of the request.</param>
/// <param name="Detach">Whether to return as soon as the sweep is under way.</param>
/// <param name="Yes">Whether the user has already agreed to many trials.</param>
/// <param name="Remarks">Sentences about the settings that the user should read first.</param>
internal sealed record SweepOrder(
    string Id, SweepRequest Request, long Trials, bool Detach, bool Yes, IReadOnlyList<string> Remarks)
{
    /// <summary>Maximum number of trials that start without confirmation.</summary>
    public const int UnaskedTrials = 200;

    /// <summary>Whether to ask the user before training starts.</summary>
    public bool MustAsk => Trials > UnaskedTrials && !Yes && !Detach;

    /// <summary>The maximum number of trials: combinations of the space, or points to draw, times shards times seeds.</summary>
    public static long CountTrials(SweepRequest request)
    {
        // As a double first: many long lists can overflow even a long.
        var points = request.Points ?? request.Space.Dimensions.Aggregate(1.0, (count, dimension) => count * dimension.Values.Length);
        var product = points * request.Shards * request.Seeds.Length;
        return product < long.MaxValue ? (long)product : long.MaxValue;
    }
}
