namespace Siamese.Model.Data.Images;

/// <summary>A decoded grey image of any size.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Height·Width bytes, row by row, 0 to 255.</param>
internal sealed record GreyImage(int Width, int Height, byte[] Pixels);
