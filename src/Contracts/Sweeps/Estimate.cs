namespace Siamese.Contracts.Sweeps;

/// <summary>An estimated share.</summary>
/// <param name="Value">From 0 to 1.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of it.</param>
[GenerateSerializer, Immutable, Alias("siamese.Estimate")]
public readonly record struct Estimate(double Value, double Low, double High);
