using Siamese.Contracts.Wording;

namespace Siamese.Plots.Drawing;

/// <summary>Chooses the values that an axis marks: round ones.</summary>
public static class Ticks
{
    /// <summary>Beyond this number of powers of ten, only these are marked.</summary>
    private const double Decades = 3;

    /// <summary>About <paramref name="count"/> multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">Lower end of the axis.</param>
    /// <param name="high">Upper end, above the lower one.</param>
    /// <param name="isWhole">Whether only whole numbers make sense.</param>
    /// <param name="count">The desired number of ticks.</param>
    public static IReadOnlyList<Tick> Linear(double low, double high, bool isWhole = false, int count = 6)
    {
        var rough = (high - low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        if (isWhole)
            step = Math.Max(1, step);
        // Multiplied, not added up, and rounded: 0.30000000000000004 is 0.3. Adding 0 makes -0 a 0.
        return [.. from i in Numbers(Math.Ceiling((low / step) - 1e-9), Math.Floor((high / step) + 1e-9)) select Of(Math.Round(i * step, 12) + 0.0)];
    }

    /// <summary>Powers of ten, with 2 and 5 times these if there are few.</summary>
    /// <param name="low">Lower end of the axis, above 0.</param>
    /// <param name="high">Upper end, above the lower one.</param>
    public static IReadOnlyList<Tick> Log(double low, double high)
    {
        double[] factors = Math.Log10(high / low) > Decades ? [1] : [1, 2, 5];
        Tick[] ticks =
        [
            .. from exponent in Numbers(Math.Floor(Math.Log10(low)), Math.Floor(Math.Log10(high)))
               from factor in factors
               let value = factor * Math.Pow(10, exponent)
               where value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)
               select Of(value),
        ];
        return ticks.Length >= 3 ? ticks : Linear(low, high);
    }

    private static IEnumerable<double> Numbers(double from, double to)
    {
        for (var number = from; number <= to; number++)
            yield return number;
    }

    private static Tick Of(double value) => new(value, Figures.Number(value));
}
