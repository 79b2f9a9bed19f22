using System.Globalization;

namespace Siamese.Page.Wording;

/// <summary>Formats figures for people, as the client does.</summary>
internal static class Figures
{
    public const string None = "–";

    /// <summary>0.0231 is `2.31 %`.</summary>
    public static string Percent(double? share) =>
        share is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} %") : None;

    /// <summary>12345 is `12,345`.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>At most five significant digits.</summary>
    public static string Number(double? number) =>
        number is { } value && double.IsFinite(value) ? value.ToString("G5", CultureInfo.InvariantCulture) : None;

    /// <summary>95 seconds are `1 min 35 s`.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } value || !double.IsFinite(value))
            return None;
        var whole = (long)Math.Round(Math.Max(0, value));
        return whole switch
        {
            < 10 when value > 0 => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} s"),
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60} min {whole % 60} s",
            < 86_400 => $"{whole / 3600} h {whole % 3600 / 60} min",
            _ => $"{whole / 86_400} d {whole % 86_400 / 3600} h",
        };
    }

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

    /// <summary>Enough of a trial's id to tell it from others.</summary>
    public static string ShortId(string trial) => trial.Length <= 8 ? trial : trial[..8];

    /// <summary>`1 trial`, `3 trials`.</summary>
    public static string Of(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Count(count)} {noun}s";
}
