using Siamese.Contracts.Data;

namespace Siamese.Contracts.Ensembles;

/// <summary>A test pair that an ensemble has badly wrong.</summary>
/// <param name="First">Its place among the test images, from 0.</param>
/// <param name="Second">The other's.</param>
/// <param name="Truth">What the pair is.</param>
/// <param name="Distance">Combined.</param>
/// <param name="Probability">That it is *same*, as the ensemble says.</param>
[GenerateSerializer, Immutable, Alias("siamese.WorstPair")]
public sealed record WorstPair(int First, int Second, Relation Truth, double Distance, double Probability);
