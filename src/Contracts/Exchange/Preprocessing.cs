namespace Siamese.Contracts.Exchange;

/// <summary>How an image is processed before an encoder sees it, in words, for people who use the weights elsewhere.</summary>
public sealed record Preprocessing(string Colour, string Size, string Values)
{
    /// <summary>What every silo does.</summary>
    public static Preprocessing OfImages { get; } = new(
        "Stored values are used as they are, without a colour profile. Transparency is blended over black. EXIF orientation is applied. Colour is converted to grey as (299 R + 587 G + 114 B + 500) / 1000 in integers (Rec. 601).",
        "Stretched to the member's input size, whatever the proportions: a triangle filter as wide as the reduction, or bilinear when enlarging; pixel centres at half; rounded to bytes. An image of that size keeps its bytes.",
        "Each byte divided by 255: 0 is black, 1 is white, float32 of shape (B, 1, H, W). Nothing is inverted, centred or normalised: ink is as bright or dark as in the file.");
}
