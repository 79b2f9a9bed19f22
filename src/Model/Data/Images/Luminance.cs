namespace Siamese.Model.Data.Images;

/// <summary>The grey value of a colour by Rec. 601: 0.299 R + 0.587 G + 0.114 B.</summary>
internal static class Luminance
{
    /// <summary>In integer arithmetic, so that a grey pixel keeps its value.</summary>
    /// <param name="rgba">R, G and B in the low three bytes.</param>
    public static byte Of(uint rgba) => (byte)(((rgba & 255) * 299 + (rgba >> 8 & 255) * 587 + (rgba >> 16 & 255) * 114 + 500) / 1000);
}
