using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Ensembles;

/// <summary>One of an ensemble's worst mistakes on test pairs.</summary>
/// <param name="First">Index of the first image among the test images, from 0.</param>
/// <param name="Second">Index of the second image.</param>
/// <param name="Truth">What the pair really is.</param>
/// <param name="Distance">Combined distance.</param>
/// <param name="Probability">The ensemble's probability of *same*.</param>
[GenerateSerializer, Immutable, Alias("siamese.WorstPair")]
public sealed record WorstPair(int First, int Second, Relation Truth, double Distance, double Probability);
