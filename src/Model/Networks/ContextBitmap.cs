using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// The ink around each point of a path, as a small picture: what other strokes are near, whenever they were drawn. After the
/// context bitmaps of Manke, Finke, Waibel, "NPen++: A Writer Independent, Large Vocabulary On-Line Cursive Handwriting
/// Recognition System", ICDAR 1995, with Gaussian pixels.
/// </summary>
internal static class ContextBitmap
{
    /// <summary>Number of pixels of a picture.</summary>
    public const int Pixels = 25;

    /// <summary>Of 128 points, every second one shows the ink well enough; of more, about as many.</summary>
    private const int InkPoints = 64;

    /// <summary>−1/(2σ²) for σ = 0.1, half the distance of two pixels, in units of the drawing's larger side.</summary>
    private const double Sharpness = -50;

    /// <summary>A pixel with a tenth of the ink is 1.</summary>
    private const double Scale = 10;

    private const double LeastInk = 1e-6;

    /// <summary>Columns and rows of pixels, from the point.</summary>
    private static readonly float[] _places = [-0.4f, -0.2f, 0, 0.2f, 0.4f];

    /// <param name="pen">Paths of T points.</param>
    /// <returns>(B, 25, T): ten times the share of the ink at each pixel.</returns>
    public static Tensor Of(PenMotion pen)
    {
        using var scope = NewDisposeScope();
        var ink = OfInk(pen.Way * pen.Pen.IsAbove(0)); // (B, J)
        ink = ink / ink.sum(1, keepdim: true).AtLeast(LeastInk);
        var columns = Nearness(pen.X).mul_(ink.unsqueeze(1).unsqueeze(1)); // (B, T, 5, J)
        var pixels = columns.matmul(Nearness(pen.Y).transpose(2, 3)); // (B, T, 5, 5)
        return pixels.Times(Scale).flatten(2).transpose(1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Multiplications for one drawing, counting an exponential function as ten.</summary>
    public static double Products(int points) => points * InkPoints * (10.0 * 2 * _places.Length + Pixels);

    /// <summary>How near the J points that show the ink are to the pixels of each point, along one axis.</summary>
    /// <param name="places">(B, T)</param>
    /// <returns>(B, T, 5, J), 0 to 1</returns>
    private static Tensor Nearness(Tensor places)
    {
        using var scope = NewDisposeScope();
        var apart = OfInk(places).unsqueeze(1) - places.unsqueeze(2); // (B, T, J)
        var pixels = tensor(_places).reshape(1, 1, _places.Length, 1);
        return (apart.unsqueeze(2) - pixels).Squared().Times(Sharpness).exp_().MoveToOuterDisposeScope();
    }

    /// <param name="values">(B, T)</param>
    /// <returns>(B, J)</returns>
    private static Tensor OfInk(Tensor values)
    {
        var points = values.shape[1];
        return values.slice(1, start: 1, points, Math.Max(2, (points + InkPoints - 1) / InkPoints));
    }
}
