namespace Siamese.Contracts.Evaluations;

/// <summary>How far an evaluation is. Reading comes before embedding, and reckoning after it.</summary>
/// <param name="Embedded">Embeddings that are there, each image once for each member.</param>
/// <param name="Embeddings">Those there will be; 0 while the images are read.</param>
[GenerateSerializer, Immutable, Alias("siamese.EvaluationProgress")]
public sealed record EvaluationProgress(int Embedded, int Embeddings);
