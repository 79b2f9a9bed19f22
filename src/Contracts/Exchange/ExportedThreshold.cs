using System.Collections.Immutable;

namespace Siamese.Contracts.Exchange;

/// <summary>A member's part in the combined distance.</summary>
/// <param name="Trial">The member.</param>
/// <param name="Threshold">Its own threshold, in units of its distance; its distances are divided by it.</param>
/// <param name="Weight">Share of the combined distance; all add up to 1.</param>
/// <param name="Distance">Name of its distance.</param>
public sealed record ExportedThreshold(string Trial, double Threshold, double Weight, string Distance)
{
    /// <summary>The standard deviation of each number of its embeddings within validation classes; null if unknown.</summary>
    public ImmutableArray<float>? Spread { get; init; }
}
