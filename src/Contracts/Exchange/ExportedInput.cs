namespace Siamese.Contracts.Exchange;

/// <summary>Size of the images that a member takes, in pixels.</summary>
public sealed record ExportedInput(int Height, int Width);
