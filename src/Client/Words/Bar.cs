namespace Siamese.Client.Words;

/// <summary>Pictures that fit into a line of text.</summary>
internal static class Bar
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>A bar for the part of something that is done, and the rest of it: `━━━━` and `──────`, or `####` and `......`.</summary>
    /// <param name="share">0 to 1; what is outside, or not a number, counts as the nearer end.</param>
    /// <param name="width">Number of characters of both together.</param>
    /// <param name="isUnicode">Whether the terminal has more than ASCII.</param>
    public static (string Done, string Remaining) Of(double share, int width, bool isUnicode)
    {
        var done = share >= 1 ? width : share > 0 ? (int)(share * width) : 0;
        return isUnicode ? (new string('━', done), new string('─', width - done)) : (new string('#', done), new string('.', width - done));
    }

    /// <summary>A sparkline (Tufte 2006) of the last values, of which the largest is `█` and the smallest `▁`.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="width">Maximum number of characters.</param>
    /// <returns>As many characters as there are values, up to the width.</returns>
    public static string Sparkline(ReadOnlySpan<double> values, int width)
    {
        var last = values[Math.Max(0, values.Length - width)..].ToArray();
        if (last.Length == 0)
            return "";
        var (lowest, highest) = (last.Min(), last.Max());
        return string.Concat(last.Select(value => Heights[highest > lowest ? (int)Math.Round((value - lowest) / (highest - lowest) * (Heights.Length - 1)) : 0]));
    }
}
