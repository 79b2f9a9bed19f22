namespace Siamese.Testing.Signatures;

/// <summary>What changes from one signature of a writer to the next.</summary>
internal static class Variation
{
    /// <summary>How much of the distance from the intended place a stroke makes up for: the eye helps most while the pen is up.</summary>
    private const double CorrectsWithInk = 0.3;

    private const double CorrectsInTheAir = 0.9;

    /// <summary>Strokes with every parameter a little different.</summary>
    /// <param name="strokes">As meant.</param>
    /// <param name="draws">For this signature.</param>
    /// <param name="amount">1 for the writer; more for others who imitate the shape.</param>
    public static PenStroke[] Vary(IReadOnlyList<PenStroke> strokes, Draws draws, double amount)
    {
        var tempo = draws.Factor(0.03);
        var varied = new PenStroke[strokes.Count];
        var (offX, offY) = (0.0, 0.0);
        for (var i = 0; i < varied.Length; i++)
        {
            var (x, y) = strokes[i].Displacement(double.PositiveInfinity);
            var corrects = strokes[i].IsInk ? CorrectsWithInk : CorrectsInTheAir;
            var (stroke, pulse) = (strokes[i].Towards(x - (corrects * offX), y - (corrects * offY)), strokes[i].Pulse);
            varied[i] = stroke with
            {
                Pulse = new LogNormalPulse(
                    (tempo * pulse.Onset) + draws.Normal(0.004 * amount),
                    stroke.Pulse.Amplitude * draws.Factor(0.06 * amount),
                    pulse.Delay + Math.Log(tempo) + draws.Normal(0.04 * amount),
                    pulse.Response * draws.Factor(0.04 * amount)),
                StartAngle = stroke.StartAngle + draws.Normal(0.06 * amount),
                EndAngle = stroke.EndAngle + draws.Normal(0.06 * amount),
            };
            var (dx, dy) = varied[i].Displacement(double.PositiveInfinity);
            (offX, offY) = (offX + dx - x, offY + dy - y);
        }

        return varied;
    }

    /// <summary>The whole signature a little rotated, scaled and slanted, with a baseline that drifts slowly, at another place.</summary>
    public static List<PenSample> Place(IReadOnlyList<PenSample> samples, Draws draws, double amount)
    {
        var (rotation, slant) = (draws.Normal(0.03 * amount), draws.Normal(0.04 * amount));
        var (wide, high) = (draws.Factor(0.04 * amount), draws.Factor(0.04 * amount));
        var (drift, phase, length) = (draws.Normal(0.4 * amount), draws.Between(0, 2 * Math.PI), draws.Between(40, 90));
        var (left, bottom) = (draws.Between(10, 30), draws.Between(10, 30));
        return
        [
            .. samples.Select(sample =>
            {
                var x = wide * (sample.X + (slant * sample.Y));
                var y = (high * sample.Y) + (drift * Math.Sin((2 * Math.PI * sample.X / length) + phase));
                return sample with
                {
                    X = left + (x * Math.Cos(rotation)) - (y * Math.Sin(rotation)),
                    Y = bottom + (x * Math.Sin(rotation)) + (y * Math.Cos(rotation)),
                };
            }),
        ];
    }
}
