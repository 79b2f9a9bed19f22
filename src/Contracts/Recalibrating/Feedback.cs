using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Recalibrating;

/// <summary>The true relation of a pair that was judged, from a person who knows it.</summary>
/// <param name="Verdict">The verdict's id, in the format of <see cref="VerdictId"/>.</param>
/// <param name="Truth">What the pair really is.</param>
[GenerateSerializer, Immutable, Alias("siamese.Feedback")]
public sealed record Feedback(string Verdict, Relation Truth);
