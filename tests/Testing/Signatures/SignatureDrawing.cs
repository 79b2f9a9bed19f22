using System.Globalization;

namespace Siamese.Testing.Signatures;

/// <summary>A point of a signature as a tablet reports it, 200 times a second.</summary>
/// <param name="X">To the right, in mm.</param>
/// <param name="Y">Upwards, in mm.</param>
/// <param name="Milliseconds">Since the first point.</param>
/// <param name="Pressure">From 0 to 1.</param>
/// <param name="StartsStroke">Whether the pen was in the air before this point. No points are reported from the air.</param>
public readonly record struct SignaturePoint(double X, double Y, double Milliseconds, double Pressure, bool StartsStroke);

/// <summary>One signature: its points, and what it looks like on paper.</summary>
/// <param name="Points">At least two, in the order of time.</param>
/// <param name="PaperSeed">Decides the paper, the pen and the margins of the scan.</param>
public sealed record SignatureDrawing(IReadOnlyList<SignaturePoint> Points, int PaperSeed)
{
    /// <summary>The movements as CSV: mm, mm, ms, pressure, and the number of the stroke from 1.</summary>
    public void WriteStrokes(TextWriter writer)
    {
        writer.Write("x,y,t,p,stroke\n");
        var stroke = 0;
        foreach (var point in Points)
        {
            stroke += point.StartsStroke ? 1 : 0;
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{point.X:0.00},{point.Y:0.00},{point.Milliseconds:0.00},{point.Pressure:0.00},{stroke}\n"));
        }
    }

    /// <summary>A scan of the signature on a form: grey, about three times as wide as high, between 300x100 and 450x150 pixels.</summary>
    public byte[] ToPng() => new SignatureScan(new Draws($"paper {PaperSeed}")).Png(Points);
}
