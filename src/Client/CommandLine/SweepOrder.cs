using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>What `sweep` was asked to do.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="Request">What is submitted.</param>
/// <param name="Trials">Number of trials that the request makes at most.</param>
/// <param name="Detach">Whether to return as soon as it is under way.</param>
/// <param name="Yes">Whether the question before many trials is answered.</param>
/// <param name="Remarks">Sentences about the settings that the user should read first.</param>
internal sealed record SweepOrder(
    string Id, SweepRequest Request, long Trials, bool Detach, bool Yes, IReadOnlyList<string> Remarks)
{
    /// <summary>Up to so many trials start without a question.</summary>
    public const int UnaskedTrials = 200;

    /// <summary>Whether the user is to be asked before training starts.</summary>
    public bool MustAsk => Trials > UnaskedTrials && !Yes && !Detach;

    /// <summary>Combinations of the space, or points that are drawn, times shards times seeds: at most so many trials.</summary>
    public static long CountTrials(SweepRequest request)
    {
        // As a double first: many long lists can pass even a long.
        var points = request.Points ?? request.Space.Dimensions.Aggregate(1.0, (count, dimension) => count * dimension.Values.Length);
        var product = points * request.Shards * request.Seeds.Length;
        return product < long.MaxValue ? (long)product : long.MaxValue;
    }
}
