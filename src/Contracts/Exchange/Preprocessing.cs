namespace Siamese.Contracts.Exchange;

/// <summary>In words, what an image undergoes before an encoder sees it, for whoever uses the weights elsewhere.</summary>
public sealed record Preprocessing(string Colour, string Size, string Values)
{
    /// <summary>What every silo does.</summary>
    public static Preprocessing OfImages { get; } = new(
        "Stored values as they are, no colour profile applied; transparency laid over black; EXIF orientation honoured; colour to grey as (299 R + 587 G + 114 B + 500) / 1000 in whole numbers (Rec. 601).",
        "Stretched to the member's input, whatever its proportions; a triangle filter as wide as the reduction, bilinear where it enlarges; pixel centres at half; rounded to bytes. An image of that size keeps its bytes.",
        "Each byte divided by 255: 0 is black, 1 is white, float32 of shape (B, 1, H, W). Nothing is inverted, centred or normalised: ink is as bright or as dark as in the file.");
}
