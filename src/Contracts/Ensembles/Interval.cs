namespace Siamese.Contracts.Ensembles;

/// <summary>Where a figure lies, with a stated confidence.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Interval")]
public readonly record struct Interval(double Low, double High);
