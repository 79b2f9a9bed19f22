namespace Siamese.Contracts.Evaluations;

/// <summary>Progress of an evaluation, which reads the images, embeds them and then computes the figures.</summary>
/// <param name="Embedded">Number of embeddings computed so far, one for each image and member.</param>
/// <param name="Embeddings">Total number of embeddings; 0 while the images are being read.</param>
[GenerateSerializer, Immutable, Alias("siamese.EvaluationProgress")]
public sealed record EvaluationProgress(int Embedded, int Embeddings);
