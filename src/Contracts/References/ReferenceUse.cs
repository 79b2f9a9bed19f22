using System.Collections.Immutable;

namespace Siamese.Contracts.References;

/// <summary>How several references were used.</summary>
/// <param name="Count">Number of references.</param>
/// <param name="CalibratedFor">Number of references that threshold and probability are for: fewer, if validation images did not suffice for all of them.</param>
/// <param name="Rule">How the distance to them is measured.</param>
/// <param name="Distances">The ensemble's distance to each of them, in their order.</param>
[GenerateSerializer, Immutable, Alias("siamese.ReferenceUse")]
public sealed record ReferenceUse(int Count, int CalibratedFor, ReferenceRule Rule, ImmutableArray<double> Distances);
