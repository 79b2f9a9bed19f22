namespace Siamese.Testing.Signatures;

/// <summary>A person with a signature: the strokes that were meant, before they vary.</summary>
internal sealed class Writer
{
    private readonly double _slant;
    private readonly double _rise;

    public Writer(Draws draws)
    {
        _slant = draws.Between(-0.15, 0.6);
        _rise = draws.Between(-0.05, 0.14);
        var targets = InMillimetres(new Lettering(draws).Signature(), draws.Between(42, 70), draws.Between(2.5, 3.8));
        Strokes = Timed(targets, draws);
        Pressure = new PressureProfile(draws);
    }

    public PenStroke[] Strokes { get; }

    public PressureProfile Pressure { get; }

    /// <summary>The targets at their size: slanted, as wide as given, about as high as the aspect ratio wants, and rising.</summary>
    private Target[] InMillimetres(IReadOnlyList<Target> plan, double width, double aspect)
    {
        Target[] slanted = [.. plan.Select(target => target with { X = target.X + (_slant * target.Y) })];
        var across = width / (slanted.Max(target => target.X) - slanted.Min(target => target.X));
        var up = width / aspect / (slanted.Max(target => target.Y) - slanted.Min(target => target.Y));
        return
        [
            .. slanted.Select(target => target with
            {
                X = across * target.X,
                Y = (up * target.Y) + (_rise * across * target.X),
            }),
        ];
    }

    /// <summary>
    /// One stroke from each target to the next. Long strokes take a little longer (isochrony), and the pen pauses a little more
    /// before and after a lift.
    /// </summary>
    private static PenStroke[] Timed(Target[] targets, Draws draws)
    {
        var duration = Math.Clamp((targets.Length - 1) * draws.Between(0.085, 0.125), 1.1, 2.7);
        var (reach, response, isochrony) = (draws.Between(1.4, 1.9), draws.Between(0.16, 0.26), draws.Between(0.2, 0.4));
        (Target From, Target To)[] moves = [.. targets.Zip(targets.Skip(1))];
        double[] gaps = [.. moves.Select((move, i) => Math.Pow(Length(move.From, move.To), isochrony) * draws.Factor(0.12))];
        var scale = duration / gaps.Sum();
        var onset = 0.0;
        var strokes = new PenStroke[moves.Length];
        for (var i = 0; i < moves.Length; i++)
        {
            var (from, to) = moves[i];
            var delay = Math.Log(scale * gaps[i] * reach) + draws.Normal(0.05);
            var angle = Math.Atan2(to.Y - from.Y, to.X - from.X);
            var pulse = new LogNormalPulse(onset, Length(from, to), delay, response * draws.Factor(0.1));
            strokes[i] = new PenStroke(pulse, angle - (to.Bend / 2), angle + (to.Bend / 2), to.IsInk);
            onset += scale * gaps[i] * Pause(moves, i);
        }

        return strokes;
    }

    private static double Pause((Target From, Target To)[] moves, int i) =>
        !moves[i].To.IsInk || (i + 1 < moves.Length && !moves[i + 1].To.IsInk) ? 1.3 : 1;

    /// <summary>Length of the arc between two targets.</summary>
    private static double Length(Target from, Target to)
    {
        var (chord, half) = (Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2)), to.Bend / 2);
        return Math.Abs(half) < 1e-9 ? chord : chord * half / Math.Sin(half);
    }
}
