namespace Siamese.Contracts.Ensembles;

/// <summary>The answer for one pair of many: a verdict, or why there is none.</summary>
/// <param name="Verdict">Null if an image of the pair cannot be read.</param>
/// <param name="Problem">Names the image and says what is wrong with it; null if there is a verdict.</param>
[GenerateSerializer, Immutable, Alias("siamese.PairVerdict")]
public sealed record PairVerdict(Verdict? Verdict, string? Problem);
