namespace Siamese.Contracts.Exchange;

/// <summary>How an image is processed before an encoder sees it, in words, for people who use the weights elsewhere.</summary>
public sealed record Preprocessing(string Colour, string Size, string Values)
{
    /// <summary>What every silo does.</summary>
    public static Preprocessing OfImages { get; } = new(
        "Stored values are used as they are, without a colour profile. Transparency is blended over white, or over black if the mean of the visible grey values, weighted by their opacity, is above 191. EXIF orientation is applied. For a member with one channel, colour is converted to grey as (299 R + 587 G + 114 B + 500) / 1000 in integers (Rec. 601).",
        "With the fit stretch, stretched to the member's input size, whatever the proportions. With pad, scaled until it fits and centred; the rest has the median value of the pixels at the border, for each channel. With ink, first cropped to the bounding box of the ink. Scaling: a triangle filter as wide as the reduction, or bilinear when enlarging; pixel centres at half; rounded to bytes. An image of that size keeps its bytes.",
        "Each byte divided by 255: 0 is black, 1 is white, float32 of shape (B, C, H, W). Nothing is inverted, centred or normalised: ink is as bright or dark as in the file.");
}
