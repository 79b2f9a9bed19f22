namespace Siamese.Testing.Signatures;

/// <summary>Where the pen is while it writes.</summary>
/// <param name="X">To the right, in mm.</param>
/// <param name="Y">Upwards, in mm.</param>
/// <param name="Time">In seconds.</param>
/// <param name="Line">Number of the line, from 0. Between two lines the pen is in the air.</param>
internal readonly record struct PenSample(double X, double Y, double Time, int Line);

/// <summary>Strokes, carried out.</summary>
internal static class PenTrace
{
    /// <summary>Where a stroke begins and ends, in σ: outside of this, nearly nothing moves.</summary>
    private const double Ends = 2.5;

    /// <summary>The share of a stroke through the air at its start, and again at its end, during which the pen touches the paper.</summary>
    private const double Touches = 0.12;

    /// <summary>Samples of the pen while it is on the paper.</summary>
    /// <param name="strokes">In the order of their onsets; the first and the last are ink.</param>
    /// <param name="rate">Samples per second.</param>
    public static List<PenSample> Of(IReadOnlyList<PenStroke> strokes, int rate)
    {
        var samples = new List<PenSample>();
        var start = strokes[0].Pulse.At(-Ends);
        var count = (int)((strokes[^1].Pulse.At(Ends) - start) * rate);
        var (line, wasInk) = (0, true);
        for (var i = 0; i <= count; i++)
        {
            var time = (double)i / rate;
            var isInk = !strokes.Any(stroke => !stroke.IsInk && stroke.Pulse.Share(start + time) is > Touches and < 1 - Touches);
            line += isInk && !wasInk ? 1 : 0;
            wasInk = isInk;
            if (isInk)
                samples.Add(At(strokes, start + time) with { Time = time, Line = line });
        }

        return samples;
    }

    private static PenSample At(IReadOnlyList<PenStroke> strokes, double time)
    {
        var (x, y) = (0.0, 0.0);
        foreach (var stroke in strokes)
        {
            var (dx, dy) = stroke.Displacement(time);
            (x, y) = (x + dx, y + dy);
        }

        return new PenSample(x, y, 0, 0);
    }
}
