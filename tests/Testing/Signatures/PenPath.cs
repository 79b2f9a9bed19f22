namespace Siamese.Testing.Signatures;

/// <summary>The shape of a line, without its timing: places that follow each other every 0.1 mm.</summary>
internal sealed class PenPath
{
    private const double Step = 0.1;

    private readonly (double X, double Y)[] _places;

    private PenPath((double X, double Y)[] places)
    {
        _places = places;
        Length = Step * (places.Length - 1);
    }

    /// <summary>In mm.</summary>
    public double Length { get; }

    /// <param name="line">Any number of places, at any distances.</param>
    public static PenPath Through(IReadOnlyList<(double X, double Y)> line)
    {
        var places = new List<(double X, double Y)> { line[0] };
        var (travelled, next) = (0.0, Step);
        for (var i = 1; i < line.Count; i++)
        {
            var (dx, dy) = (line[i].X - line[i - 1].X, line[i].Y - line[i - 1].Y);
            var length = Math.Sqrt((dx * dx) + (dy * dy));
            for (; next <= travelled + length; next += Step)
                places.Add((line[i - 1].X + (dx * (next - travelled) / length), line[i - 1].Y + (dy * (next - travelled) / length)));
            travelled += length;
        }

        // A dot is a path too.
        if (places.Count == 1)
            places.Add((line[0].X + Step, line[0].Y));
        return new PenPath([.. places]);
    }

    /// <summary>The place at a distance from the start, in mm.</summary>
    public (double X, double Y) At(double distance)
    {
        var position = Math.Clamp(distance / Step, 0, _places.Length - 1);
        var i = Math.Min((int)position, _places.Length - 2);
        var share = position - i;
        return (_places[i].X + (share * (_places[i + 1].X - _places[i].X)), _places[i].Y + (share * (_places[i + 1].Y - _places[i].Y)));
    }

    /// <summary>With corners rounded off by a Gaussian of this deviation in mm.</summary>
    public PenPath Smoothed(double deviation)
    {
        var reach = (int)Math.Ceiling(3 * deviation / Step);
        double[] weights = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(i => Math.Exp(-0.5 * Math.Pow(i * Step / deviation, 2)))];
        var total = weights.Sum();
        return Through([.. _places.Select((_, at) =>
        {
            var (x, y) = (0.0, 0.0);
            for (var i = -reach; i <= reach; i++)
            {
                var place = _places[Math.Clamp(at + i, 0, _places.Length - 1)];
                (x, y) = (x + (weights[i + reach] * place.X), y + (weights[i + reach] * place.Y));
            }

            return (x / total, y / total);
        })]);
    }

    /// <summary>Pushed to and fro by slow waves, as by a hand that follows a line which it does not know by heart.</summary>
    public PenPath Distorted(Draws draws, double deviation)
    {
        var (across, up) = (Wave(draws, deviation), Wave(draws, deviation));
        return Through([.. _places.Select((place, i) => (place.X + across(i * Step), place.Y + up(i * Step)))]);
    }

    /// <summary>Distances in mm from the start at which the line turns most sharply, if by 0.6 radians or more within 1.6 mm.</summary>
    public IEnumerable<double> Turns()
    {
        const int Reach = 8;
        double Turn(int i) => Math.Abs(Angle(Direction(i, i + Reach) - Direction(i - Reach, i)));
        double[] turns = [.. Enumerable.Range(0, _places.Length).Select(i => i < Reach || i >= _places.Length - Reach ? 0 : Turn(i))];
        for (var i = Reach; i < turns.Length - Reach; i++)
        {
            if (turns[i] > 0.6 && turns[i] >= turns[(i - Reach)..i].Max() && turns[i] > turns[(i + 1)..(i + Reach + 1)].Max())
                yield return i * Step;
        }
    }

    private double Direction(int from, int to) => Math.Atan2(_places[to].Y - _places[from].Y, _places[to].X - _places[from].X);

    private static double Angle(double difference) => Math.IEEERemainder(difference, 2 * Math.PI);

    private static Func<double, double> Wave(Draws draws, double deviation)
    {
        var (height, length, phase) = (draws.Normal(deviation), draws.Between(12, 40), draws.Between(0, 2 * Math.PI));
        return distance => height * Math.Sin((2 * Math.PI * distance / length) + phase);
    }
}
