using Siamese.Contracts.Pairs;

namespace Siamese.Grains.Recalibrating;

/// <summary>Stored feedback on an ensemble's verdicts: the last line for each pair, version and caller, the latest last.</summary>
[GenerateSerializer, Alias("siamese.FeedbackState")]
internal sealed class FeedbackState
{
    [Id(0)] public List<FeedbackLine> Lines { get; set; } = [];
}

/// <summary>Feedback on one verdict.</summary>
/// <param name="Version">The version that gave the verdict.</param>
/// <param name="Pair">Identifies its two images.</param>
/// <param name="Distance">The combined distance under that version.</param>
/// <param name="Truth">What the pair really is.</param>
/// <param name="At">When the feedback was given.</param>
/// <param name="By">Name of the caller who gave it; null if an earlier build stored it.</param>
[GenerateSerializer, Immutable, Alias("siamese.FeedbackLine")]
internal sealed record FeedbackLine(
    [property: Id(0)] int Version,
    [property: Id(1)] long Pair,
    [property: Id(2)] float Distance,
    [property: Id(3)] Relation Truth,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] string? By);
