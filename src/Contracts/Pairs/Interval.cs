namespace Siamese.Contracts.Pairs;

/// <summary>A range of values, such as a confidence interval.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Interval")]
public readonly record struct Interval(double Low, double High);
