namespace Siamese.Contracts.Exchange;

/// <summary>How an image is processed before an encoder sees it, in words, for people who use the weights elsewhere.</summary>
public sealed record Preprocessing(string Colour, string Size, string Values)
{
    /// <summary>How pen strokes become points; null if no member takes them.</summary>
    public string? Strokes { get; init; }

    /// <summary>How vectors are used; null if no member takes them.</summary>
    public string? Vectors { get; init; }

    /// <summary>How the features of images are computed; null if no member takes them.</summary>
    public string? Backbones { get; init; }

    /// <summary>What every silo does.</summary>
    public static Preprocessing OfImages { get; } = new(
        "Stored values are used as they are, without a colour profile. Transparency is blended over white, or over black if the mean of the visible grey values, weighted by their opacity, is above 191. EXIF orientation is applied. For a member with one channel, colour is converted to grey as (299 R + 587 G + 114 B + 500) / 1000 in integers (Rec. 601).",
        "With the fit stretch, stretched to the member's input size, whatever the proportions. With pad, scaled until it fits and centred; the rest has the median value of the pixels at the border, for each channel. With ink, first cropped to the bounding box of the ink. Scaling: a triangle filter as wide as the reduction, or bilinear when enlarging; pixel centres at half; rounded to bytes. An image of that size keeps its bytes.",
        "Each byte divided by 255: 0 is black, 1 is white, float32 of shape (B, C, H, W). Nothing is inverted, centred or normalised: ink is as bright or dark as in the file.");

    /// <summary>The same with pen strokes.</summary>
    public static Preprocessing WithStrokes { get; } = OfImages with
    {
        Strokes = "float32 of shape (B, T, 5): x, y, time, pen, pressure. T points at equal steps of time (resample time) or of path length (resample arc, or without times), by linear interpolation; gaps between strokes are bridged by straight lines. In time, a step within a stroke counts as at most 20 median steps, and a gap as at most a tenth of the time with the pen down. x and y: from the middle of the bounding box, divided by its larger side. Time: share of the duration after pauses were shortened, or of the path. Pen: 1 on paper, -1 in a gap. Pressure: share of the highest; 1 if there is none.",
    };

    /// <summary>The same with features of images.</summary>
    public Preprocessing WithBackbones() => this with
    {
        Backbones = "float32 of shape (B, M): the output of backbones/MANIFEST/network.onnx, where MANIFEST is the `backbone` of the member's input, at the layer and with the size, fit, mean, deviation and order of colours in backbone.json beside it, or in the network's metadata. An image is processed as above, in colour if the network takes it, divided by 255, and centred and scaled for each colour. Of an output with more than two dimensions, the mean over all but B and M.",
    };

    /// <summary>The same with vectors.</summary>
    public static Preprocessing WithVectors { get; } = OfImages with
    {
        Vectors = "float32 of shape (B, M): the numbers as they are in the user's files. Members centre and scale them by `standardize.mean` and `standardize.scale` of their weights.",
    };
}
