using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Strokes;

/// <summary>Pen strokes as an encoder takes them: T points, each with x, y, time, pen and pressure as single-precision floats.</summary>
/// <param name="Points">T, from 2.</param>
/// <param name="Resample">How the points are spaced.</param>
public sealed record StrokeShape(int Points, Resample Resample = Resample.Time) : InputShape
{
    /// <summary>F: x, y, time, pen and pressure.</summary>
    public const int Channels = 5;

    /// <summary>The 200 points of Bromley et al. 1993.</summary>
    public static readonly StrokeShape Usual = new(200);

    public override InputKinds Kind => InputKinds.Strokes;

    /// <summary>4·T·F.</summary>
    public override int Bytes => sizeof(float) * Points * Channels;

    /// <summary>As in `200 points` or `200 points, arc`.</summary>
    public override string ToString() => FormattableString.Invariant($"{Points} points{(Resample is Resample.Time ? "" : $", {Words.Of(Resample)}")}");
}
