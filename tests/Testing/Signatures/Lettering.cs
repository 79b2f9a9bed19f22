namespace Siamese.Testing.Signatures;

/// <summary>A place that the pen aims at.</summary>
/// <param name="X">To the right, in heights of a small letter.</param>
/// <param name="Y">Above the baseline, in the same unit.</param>
/// <param name="Bend">How far the stroke to this place turns, in radians, counter-clockwise.</param>
/// <param name="IsInk">Whether the pen is on the paper on the way.</param>
internal readonly record struct Target(double X, double Y, double Bend, bool IsInk);

/// <summary>A writer's action plan: capitals, letters, flourishes and lifts as a list of targets.</summary>
internal sealed class Lettering(Draws draws)
{
    /// <summary>X and Y from the start of the letter, and the bend. The last place is where the next letter starts.</summary>
    private static readonly (double X, double Y, double Bend)[][] _letters =
    [
        [(0.85, 1.0, 1.0), (0.6, 0.0, 1.2)], // e
        [(0.9, 2.3, 0.8), (0.6, 0.0, 0.9)], // l
        [(0.3, 1.0, -0.7), (0.75, 0.0, -0.9)], // n
        [(0.3, 1.0, -0.7), (0.55, 0.1, -0.8), (0.85, 0.9, -0.8), (1.2, 0.0, -0.7)], // m
        [(0.45, 0.95, 0.4), (0.55, 0.0, 0.7), (0.95, 0.9, 0.5), (1.1, 0.0, 0.6)], // u
        [(0.9, 1.0, -0.3), (0.15, 0.45, 1.6), (0.9, 0.9, 2.2), (1.05, 0.0, 0.6)], // a
        [(0.6, 1.0, 0.4), (0.4, -1.4, -0.4), (1.0, 0.1, -1.9)], // y
        [(0.5, 1.1, -0.2), (0.6, 0.0, -1.5), (0.9, 0.1, 0.8)], // s
    ];

    /// <summary>As for letters, but the first place is where the pen is put down.</summary>
    private static readonly (double X, double Y, double Bend)[][] _capitals =
    [
        [(0.3, 2.5, 0.0), (0.0, 0.0, 0.2), (0.2, 2.4, -0.3), (0.2, 1.1, -3.2), (1.3, 0.0, 0.5)], // R
        [(-0.2, 0.9, 0.0), (0.9, 2.8, 0.9), (0.0, 0.2, 1.2), (0.2, 0.1, -2.6), (1.3, 0.1, 0.7)], // L
        [(1.2, 2.2, 0.0), (0.0, 1.1, 1.8), (1.2, 0.4, 1.9), (1.2, 1.2, 0.8), (1.4, 0.0, 0.7)], // G
        [(1.1, 2.2, 0.0), (0.3, 1.6, 2.2), (0.8, 0.8, -0.8), (-0.1, 0.2, -1.8), (1.2, 0.2, 1.7)], // S
        [(0.0, 0.0, 0.0), (0.3, 2.4, -0.4), (0.7, 0.3, -0.5), (1.2, 2.3, -0.5), (1.5, 0.0, -0.3)], // M
        [(0.0, 2.0, 0.0), (0.6, 0.1, 0.9), (1.1, 2.3, 0.5), (0.9, -1.2, -0.5), (1.5, 0.3, -1.9)], // Y
    ];

    private readonly List<Target> _targets = [];
    private readonly double _roundness = draws.Between(0.75, 1.3);
    private readonly double _width = draws.Between(0.7, 1.2);
    private readonly double _capitalSize = draws.Between(0.85, 1.35);
    private double _pen;

    public IReadOnlyList<Target> Signature()
    {
        var words = draws.Chance(0.45) ? 2 : 1;
        for (var word = 0; word < words; word++)
        {
            Capital(isApart: word == 0 && draws.Chance(0.4));
            Letters(words == 1 ? 4 + draws.Below(3) : 2 + draws.Below(2));
            _pen += draws.Between(0.5, 1);
        }

        var end = _pen;
        if (draws.Chance(0.4))
            Add((end + draws.Between(0.5, 2), draws.Between(0, 1.2), draws.Between(-0.8, 0.8)));
        Flourish(end);
        return _targets;
    }

    private void Capital(bool isApart)
    {
        var shape = _capitals[draws.Below(_capitals.Length)];
        var left = _pen;
        foreach (var (i, place) in shape.Index())
            Add((left + (_capitalSize * place.X), _capitalSize * place.Y, place.Bend), isInk: i > 0);
        _pen = left + (_capitalSize * shape[^1].X);
        if (isApart)
            Add((_pen + 0.2, draws.Between(0, 0.7), 0), isInk: false);
    }

    /// <summary>The letters of a word; towards its end they become flatter and wider, as in a hurry.</summary>
    private void Letters(int count)
    {
        var (flatter, wider) = (draws.Between(0.88, 1), draws.Between(1, 1.12));
        for (var i = 0; i < count; i++)
        {
            var shape = _letters[draws.Below(_letters.Length)];
            var (left, height, width) = (_pen, Math.Pow(flatter, i), _width * Math.Pow(wider, i));
            foreach (var place in shape)
                Add((left + (width * place.X), height * place.Y, place.Bend));
            _pen = left + (width * shape[^1].X);
        }
    }

    private void Flourish(double end)
    {
        switch (draws.Below(6))
        {
            case 0: // Back below the name and out to the right.
                Add((draws.Between(0.1, 0.4) * end, draws.Between(-1.6, -1), draws.Between(-0.9, -0.5)));
                Add((draws.Between(0.8, 1.1) * end, draws.Between(-1.3, -0.7), draws.Between(-0.8, 0.3)));
                break;
            case 1: // A line below the name.
                Add((draws.Between(0, 0.3) * end, draws.Between(-1.5, -0.9), 0.4), isInk: false);
                Add((draws.Between(0.7, 1.1) * end, draws.Between(-1.2, -0.6), draws.Between(-0.4, 0.4)));
                break;
            case 2: // The bar of a t.
                Add((draws.Between(0.35, 0.5) * end, draws.Between(1.4, 2), 0.4), isInk: false);
                Add((draws.Between(0.65, 0.9) * end, draws.Between(1.5, 2.2), draws.Between(-0.3, 0.3)));
                break;
            case 3: // A loop above the end of the name, which crosses it.
                Add((end + draws.Between(0.6, 1.2), draws.Between(1.4, 2.2), draws.Between(0.8, 1.4)));
                Add((draws.Between(0.6, 0.8) * end, draws.Between(-0.9, -0.3), draws.Between(0.8, 1.4)));
                Add((end + draws.Between(0.8, 1.6), draws.Between(-0.5, 0.2), draws.Between(0.5, 1)));
                break;
            default:
                break;
        }
    }

    private void Add((double X, double Y, double Bend) place, bool isInk = true) => _targets.Add(new Target(
        place.X + draws.Normal(0.07),
        place.Y + draws.Normal(0.09),
        (_roundness * place.Bend) + draws.Normal(0.1),
        isInk));
}
