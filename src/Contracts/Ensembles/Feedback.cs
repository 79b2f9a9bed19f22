using Siamese.Contracts.Data;

namespace Siamese.Contracts.Ensembles;

/// <summary>What somebody who knows says of a pair that was judged.</summary>
/// <param name="Verdict">The verdict's id, as a <see cref="VerdictId"/> is written.</param>
/// <param name="Truth">What the pair is.</param>
[GenerateSerializer, Immutable, Alias("siamese.Feedback")]
public sealed record Feedback(string Verdict, Relation Truth);
