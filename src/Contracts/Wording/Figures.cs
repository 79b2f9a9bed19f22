using System.Globalization;

namespace Siamese.Contracts.Wording;

/// <summary>Formats figures for people.</summary>
public static class Figures
{
    public const string None = "-";

    /// <summary>0.0231 is `2.31 %`.</summary>
    public static string Percent(double? share) =>
        share is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} %") : None;

    /// <summary>0.0231 is `2.31`, in points of a hundred.</summary>
    public static string Points(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00}").Replace('-', '−');

    /// <summary>12345 is `12,345`.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>At most five significant digits.</summary>
    public static string Number(double? number) =>
        number is { } value && double.IsFinite(value) ? value.ToString("G5", CultureInfo.InvariantCulture) : None;

    /// <summary>How many there are in a second: 3.25 is `3.3`, and 1234.5 is `1,235`.</summary>
    public static string Rate(double perSecond) => perSecond.ToString(perSecond is 0 or >= 100 ? "N0" : perSecond < 1 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>Three decimals, as for distances and weights.</summary>
    public static string Decimals(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>95 seconds are `1 min 35 s`.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } value || !double.IsFinite(value))
            return None;
        if (value is > 0 and < 9.95)
            return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} s");
        var whole = (long)Math.Round(Math.Max(0, value));
        return whole switch
        {
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60} min {whole % 60} s",
            < 86_400 => $"{whole / 3600} h {whole % 3600 / 60} min",
            _ => $"{whole / 86_400} d {whole % 86_400 / 3600} h",
        };
    }

    /// <summary>Bytes in megabytes of 10⁶ bytes.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    /// <summary>12.34 is `12.3 ms`.</summary>
    public static string Milliseconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms");

    /// <summary>UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long ago something was, to one unit, so that a page that is shown again seldom differs.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time).TotalSeconds switch
    {
        < 60 => "just now",
        < 3600 and var seconds => $"{(int)(seconds / 60)} min ago",
        < 86_400 and var seconds => $"{(int)(seconds / 3600)} h ago",
        var seconds => Of((int)(seconds / 86_400), "day") + " ago",
    };

    /// <summary>Enough of a trial's id to tell it from others and to name it in `cancel`.</summary>
    public static string ShortId(string trial) => trial.Length <= 8 ? trial : trial[..8];

    /// <summary>`1 trial`, `3 trials`.</summary>
    public static string Of(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Count(count)} {noun}s";

    /// <summary>Cuts a line to a width.</summary>
    public static string Crop(string line, int width) => line.Length <= width ? line : width <= 1 ? "" : line[..(width - 1)] + "…";
}
