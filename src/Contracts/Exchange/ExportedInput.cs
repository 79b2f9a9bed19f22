using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Exchange;

/// <summary>The images that a member takes.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 for grey values, 3 for red, green and blue.</param>
/// <param name="Fit">How images of other sizes are fitted.</param>
public sealed record ExportedInput(int Height, int Width, int Channels = 1, Fit Fit = Fit.Stretch);
