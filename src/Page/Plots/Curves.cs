using System.Collections.Immutable;
using System.Globalization;

namespace Siamese.Page.Plots;

/// <summary>The validation EER of a trial after each epoch.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Label">What it is called: what varies.</param>
/// <param name="Eers">EERs, 0 to 1; those that are not finite are left out.</param>
/// <param name="IsRunning">Whether there are more to come.</param>
public sealed record Curve(string Trial, string Label, ImmutableArray<double> Eers, bool IsRunning);

/// <summary>Curves of trials in one plot.</summary>
/// <param name="All">The curves, of which each has an EER.</param>
public sealed record Curves(IReadOnlyList<Curve> All)
{
    public const int Width = 560;
    public const int Height = 260;
    public const int Left = 56;
    public const int Right = 12;
    public const int Top = 12;
    public const int Bottom = 40;

    /// <summary>Epochs, from left to right.</summary>
    public Axis X { get; } = new(Math.Max(1, All.Max(curve => curve.Eers.Length)), Left, Width - Right);

    /// <summary>EERs, upwards. A trial that goes wrong does not press the others together: no better than chance is the top.</summary>
    public Axis Y { get; } = new(Math.Clamp(All.Max(curve => curve.Eers.Where(double.IsFinite).DefaultIfEmpty().Max()), 1e-4, 0.5), Height - Bottom, Top);

    /// <summary>The points of a curve as SVG takes them.</summary>
    public string Points(Curve curve) => string.Join(' ', Places(curve).Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.X:0.#},{place.Y:0.#}")));

    /// <summary>The last point of a curve.</summary>
    public (double X, double Y) End(Curve curve) => Places(curve).Last();

    /// <summary>A coordinate as SVG takes it.</summary>
    public static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private IEnumerable<(double X, double Y)> Places(Curve curve) =>
        curve.Eers.Select((eer, epoch) => (X: X.At(epoch + 1), Eer: eer)).Where(point => double.IsFinite(point.Eer)).Select(point => (point.X, Y.At(Math.Min(point.Eer, 0.5))));
}
