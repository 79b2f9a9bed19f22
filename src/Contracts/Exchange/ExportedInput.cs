namespace Siamese.Contracts.Exchange;

/// <summary>What images a member takes in, pixels.</summary>
public sealed record ExportedInput(int Height, int Width);
