namespace Siamese.Plots.Drawing;

/// <summary>An axis of a plot, which gives each value its place.</summary>
/// <param name="Title">What it measures, with the unit.</param>
/// <param name="Low">The value at its start.</param>
/// <param name="High">The value at its end.</param>
/// <param name="Ticks">The values that it marks.</param>
/// <param name="IsLog">Whether equal ratios have equal lengths.</param>
public sealed record Axis(string Title, double Low, double High, IReadOnlyList<Tick> Ticks, bool IsLog = false)
{
    /// <summary>From this ratio of the largest to the smallest value on, a logarithmic axis shows more.</summary>
    private const double LogRatio = 8;

    /// <summary>The share of the axis that is left free at each end.</summary>
    private const double Margin = 0.04;

    /// <summary>An axis on which all values fit: logarithmic if they are positive and span a large range.</summary>
    public static Axis Around(string title, IReadOnlyCollection<double> values)
    {
        var (low, high) = values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        if (low > 0 && high / low >= LogRatio)
        {
            var margin = Math.Pow(high / low, Margin);
            return Log(title, low / margin, high * margin);
        }

        if (low == high)
            (low, high) = (low - (Math.Abs(low) / 10), high + (high == 0 ? 1 : Math.Abs(high) / 10));
        var free = Margin * (high - low);
        return Linear(title, low >= 0 ? Math.Max(0, low - free) : low - free, high + free);
    }

    public static Axis Linear(string title, double low, double high, bool isWhole = false) =>
        new(title, low, high, Drawing.Ticks.Linear(low, high, isWhole));

    public static Axis Log(string title, double low, double high) => new(title, low, high, Drawing.Ticks.Log(low, high), IsLog: true);

    /// <summary>An axis of words, the first at 0, the second at 1 and so on.</summary>
    public static Axis Words(string title, IReadOnlyList<string> words) =>
        new(title, -0.5, words.Count - 0.5, [.. words.Select((word, place) => new Tick(place, word))]);

    /// <summary>The place of a value: 0 at the start of the axis, 1 at its end. Values beyond an end lie at that end.</summary>
    public double Place(double value) => Math.Clamp(
        IsLog ? Math.Log(Math.Max(value, Low) / Low) / Math.Log(High / Low) : (value - Low) / (High - Low), 0, 1);
}
