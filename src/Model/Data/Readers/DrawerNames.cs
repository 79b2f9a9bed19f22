using System.Globalization;
using System.Text.RegularExpressions;

namespace Siamese.Model.Data.Readers;

/// <summary>Reads file names like Omniglot's, `0709_17.png`: the character's number, then the drawer's.</summary>
internal static partial class DrawerNames
{
    /// <summary>The drawer of each file; null if a name has none, or if all have the same.</summary>
    public static int[]? Read(IEnumerable<string> names)
    {
        var drawers = new List<int>();
        foreach (var name in names)
        {
            if (Name().Match(name) is not { Success: true } match)
                return null;
            drawers.Add(int.Parse(match.Groups["drawer"].ValueSpan, CultureInfo.InvariantCulture));
        }

        return drawers.Distinct().Count() > 1 ? [.. drawers] : null;
    }

    [GeneratedRegex(@"^[0-9]{4}_(?<drawer>[0-9]{2})\.[A-Za-z]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
