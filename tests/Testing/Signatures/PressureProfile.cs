namespace Siamese.Testing.Signatures;

/// <summary>How hard a person presses: harder downwards, lighter when fast, and rising and falling where lines begin and end.</summary>
internal sealed class PressureProfile(Draws draws)
{
    /// <summary>How much of a change of pressure arrives after one sample: a hand cannot change it at once.</summary>
    private const double Follows = 0.25;

    private readonly double _level = draws.Between(0.4, 0.75);
    private readonly double _downwards = draws.Between(0.03, 0.18);
    private readonly double _fast = draws.Between(0.02, 0.15);
    private readonly double _rise = draws.Between(0.015, 0.05);
    private readonly double _fall = draws.Between(0.02, 0.08);

    /// <param name="samples">The pen's way.</param>
    /// <param name="signature">Draws for this signature.</param>
    public SignaturePoint[] Press(IReadOnlyList<PenSample> samples, Draws signature)
    {
        var level = _level * signature.Factor(0.06);
        var (waves, phase, wave) = (signature.Between(0.3, 1), signature.Between(0, 2 * Math.PI), signature.Between(0.01, 0.03));
        var ends = samples.GroupBy(sample => sample.Line).ToDictionary(
            line => line.Key,
            line => (First: line.First().Time, Last: line.Last().Time));
        (double X, double Y)[] velocities = [.. samples.Select((_, i) => Velocity(samples, i))];
        var mean = velocities.Average(Speed);
        var points = new SignaturePoint[samples.Count];
        var pressure = 0.0;
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y, time, line) = samples[i];
            var (first, last) = ends[line];
            var speed = Speed(velocities[i]);
            var meant = level
                - (_downwards * velocities[i].Y / (speed + (0.1 * mean)))
                - (_fast * Math.Clamp((speed / mean) - 1, -1, 2))
                + (wave * Math.Sin((2 * Math.PI * waves * time) + phase));
            meant *= Math.Min(1, (0.3 + ((time - first) / _rise)) / 1.3) * Math.Min(1, (0.3 + ((last - time) / _fall)) / 1.3);
            var starts = i == 0 || samples[i - 1].Line != line;
            pressure = starts ? meant : pressure + (Follows * (meant - pressure));
            points[i] = new SignaturePoint(x, y, 1000 * (time - samples[0].Time), Math.Clamp(pressure, 0.02, 1), starts);
        }

        return points;
    }

    private static double Speed((double X, double Y) velocity) => Math.Sqrt((velocity.X * velocity.X) + (velocity.Y * velocity.Y));

    private static (double X, double Y) Velocity(IReadOnlyList<PenSample> samples, int i)
    {
        var from = i > 0 && samples[i - 1].Line == samples[i].Line ? samples[i - 1] : samples[i];
        var to = i + 1 < samples.Count && samples[i + 1].Line == samples[i].Line ? samples[i + 1] : samples[i];
        var time = to.Time - from.Time;
        return time <= 0 ? (0, 0) : ((to.X - from.X) / time, (to.Y - from.Y) / time);
    }
}
