namespace Siamese.Testing.Signatures;

/// <summary>
/// A person who imitates the shape of a signature with movements of his own: slower, in smaller pieces, with hesitations and
/// tremor.
/// </summary>
internal sealed class Forger(Draws draws)
{
    private const int Rate = 200;
    private const double Ends = 2.5;
    private const double SlowsAtTurns = 1.6;

    private readonly double _slowness = draws.Between(1.4, 2.4);
    private readonly double _reach = draws.Between(4, 9);
    private readonly double _isochrony = draws.Between(0.3, 0.7);
    private readonly double _delay = draws.Between(1.5, 2.2);
    private readonly double _response = draws.Between(0.2, 0.32);
    private readonly double _hesitates = draws.Between(0.03, 0.12);
    private readonly double _smooths = draws.Between(0.2, 0.45);
    private readonly double _distorts = draws.Between(0.25, 0.5);
    private readonly double _tremor = draws.Between(0.02, 0.07);
    private readonly double _shaking = draws.Between(7, 11);

    /// <summary>How much more than the writer's own signatures the shape varies.</summary>
    public double Inaccuracy { get; } = draws.Between(1.3, 1.8);

    public PressureProfile Pressure { get; } = new(draws);

    /// <param name="specimen">The shape to imitate.</param>
    /// <param name="duration">How long the writer takes, in seconds.</param>
    /// <param name="copy">Draws for this copy.</param>
    public List<PenSample> Copy(IReadOnlyList<PenSample> specimen, double duration, Draws copy)
    {
        var clock = 0.0;
        var lines = new List<CopiedLine>();
        foreach (var line in specimen.GroupBy(sample => sample.Line))
        {
            var path = PenPath.Through([.. line.Select(sample => (sample.X, sample.Y))]).Smoothed(_smooths).Distorted(copy, _distorts);
            lines.Add(new CopiedLine(path, Pulses(path, clock, copy)));
            clock = lines[^1].End + copy.Between(0.5, 1.5);
        }

        var (first, last) = (lines[0].Start, lines[^1].End);
        var wanted = duration * Math.Clamp(_slowness * copy.Factor(0.05), 1.3, 2.5);
        var count = (int)(wanted * Rate);
        var (across, up) = (Tremor(copy), Tremor(copy));
        var samples = new List<PenSample>();
        for (var i = 0; i <= count; i++)
        {
            var (time, own) = ((double)i / Rate, first + ((last - first) * i / count));
            var at = lines.FindIndex(line => own >= line.Start && own <= line.End);
            if (at < 0)
                continue;
            var (x, y) = lines[at].At(own, (last - first) / count);
            samples.Add(new PenSample(x + across(time), y + up(time), time, at));
        }

        return samples;
    }

    /// <summary>
    /// Small movements along a path, from turn to turn, and several where that is further than the forger reaches in one. The
    /// clock's unit does not matter, because the copy is stretched to its duration.
    /// </summary>
    private LogNormalPulse[] Pulses(PenPath path, double clock, Draws copy)
    {
        var pulses = new List<LogNormalPulse>();
        double[] turns = [0, .. path.Turns(), path.Length];
        foreach (var (from, to) in turns.Zip(turns.Skip(1)))
        {
            var pieces = (int)Math.Ceiling((to - from) / (_reach * copy.Factor(0.15)));
            for (var i = 0; i < pieces; i++)
            {
                var length = (to - from) / pieces;
                var gap = Math.Pow(length, _isochrony) * copy.Factor(0.15);
                pulses.Add(new LogNormalPulse(clock, length, Math.Log(gap * _delay) + copy.Normal(0.08), _response * copy.Factor(0.1)));
                clock += gap * (i + 1 < pieces ? 1 : SlowsAtTurns) * (copy.Chance(_hesitates) ? copy.Between(1.7, 3) : 1);
            }
        }

        return [.. pulses];
    }

    private Func<double, double> Tremor(Draws copy)
    {
        var (fast, slow) = (_shaking * copy.Factor(0.05), 0.6 * _shaking * copy.Factor(0.05));
        var (first, second) = (copy.Between(0, 2 * Math.PI), copy.Between(0, 2 * Math.PI));
        var height = _tremor * copy.Factor(0.2);
        return time => height * (Math.Sin((2 * Math.PI * fast * time) + first) + (0.7 * Math.Sin((2 * Math.PI * slow * time) + second)));
    }

    private sealed record CopiedLine(PenPath Path, LogNormalPulse[] Pulses)
    {
        public double Start { get; } = Pulses[0].At(-Ends);

        public double End { get; } = Pulses.Max(pulse => pulse.At(Ends));

        /// <summary>The place at a time, averaged over two samples before and after: a hand has mass, so it cannot turn at once.</summary>
        public (double X, double Y) At(double time, double step)
        {
            ReadOnlySpan<double> weights = [1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0];
            var (x, y) = (0.0, 0.0);
            for (var i = 0; i < weights.Length; i++)
            {
                var at = time + ((i - 2) * step);
                var place = Path.At(Pulses.Sum(pulse => pulse.Amplitude * pulse.Share(at)));
                (x, y) = (x + (weights[i] * place.X), y + (weights[i] * place.Y));
            }

            return (x, y);
        }
    }
}
