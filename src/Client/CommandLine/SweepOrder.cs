using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>What `sweep` was asked to do.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="Request">What is submitted.</param>
/// <param name="Trials">Number of trials that the request makes.</param>
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

    /// <summary>Points of the space times shards times seeds; an empty list is one value, the default.</summary>
    public static long CountTrials(SweepRequest request)
    {
        var space = request.Space;
        int[] lengths =
        [
            space.Encoders.Length, space.EmbeddingSizes.Length, space.Distances.Length, space.Losses.Length,
            space.Margins.Length, space.Pairings.Length, space.BatchSizes.Length, space.Balances.Length,
            space.LearningRates.Length, request.Shards, request.Seeds.Length,
        ];
        // As a double first: eleven long lists can pass even a long.
        var product = lengths.Aggregate(1.0, (count, length) => count * Math.Max(1, length));
        return product < long.MaxValue ? (long)product : long.MaxValue;
    }
}
