using System.Net;
using System.Text.RegularExpressions;

namespace Siamese.Web.Tests.Pages;

/// <summary>Reads pages as a browser without scripts would.</summary>
internal static partial class Html
{
    /// <summary>The text, with one space between its parts.</summary>
    public static string Text(string page) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(page, " ")), " ").Trim();

    /// <summary>The cells of each row of a page's tables.</summary>
    public static IReadOnlyList<string[]> Rows(string page) =>
        [.. Row().Matches(page).Select(row => Cell().Matches(row.Value).Select(cell => Text(cell.Groups["text"].Value)).ToArray())];

    /// <summary>Where its links lead.</summary>
    public static IReadOnlyList<string> Links(string page) => [.. Link().Matches(page).Select(link => WebUtility.HtmlDecode(link.Groups["to"].Value))];

    /// <summary>What it loads: styles, scripts, pictures.</summary>
    public static IReadOnlyList<string> Loaded(string page) => [.. Load().Matches(page).Select(load => WebUtility.HtmlDecode(load.Groups["what"].Value)).Distinct()];

    /// <summary>The hidden fields of its form, and others.</summary>
    public static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] others) =>
        new(Hidden().Matches(page).Select(field => KeyValuePair.Create(WebUtility.HtmlDecode(field.Groups["name"].Value), WebUtility.HtmlDecode(field.Groups["value"].Value)))
            .Concat(others.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd](?: [^>]*)?>(?<text>.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<a[^>]* href=\"(?<to>[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("(?:<link[^>]* href|<script[^>]* src|<img[^>]* src)=\"(?<what>[^\"]*)\"")]
    private static partial Regex Load();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
