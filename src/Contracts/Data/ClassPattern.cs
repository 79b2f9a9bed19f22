using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Siamese.Contracts.Data;

/// <summary>
/// Finds the class of an image in its name: a template such as `{class}_{n}.png`, or a regular expression with a group named
/// `class`. With a `/` in it, it applies to the path below the data set's folder. `group`, `split` and `kind` (genuine or forged)
/// may be named too.
/// </summary>
public sealed partial class ClassPattern
{
    private const string Class = "class", Group = "group", Split = "split", Kind = "kind";

    /// <summary>Longest time for one name; a regular expression can take forever.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly string _text;
    private readonly Regex _regex;
    private readonly bool _isOfPath;

    private ClassPattern(string text, Regex regex)
    {
        (_text, _regex) = (text, regex);
        _isOfPath = text.Contains('/');
    }

    /// <exception cref="BadInputException">It is not a valid template or regular expression, or names no class.</exception>
    public static ClassPattern Parse(string text)
    {
        try
        {
            var isExpression = text.Contains("(?<", StringComparison.Ordinal) || text.Contains("(?'", StringComparison.Ordinal);
            var regex = new Regex(isExpression ? text : Expression(text), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, _patience);
            return regex.GetGroupNames().Contains(Class) ? new(text, regex) : throw new BadInputException(
                $"'class-from' '{text}' does not say where the class is. Write {{class}} in its place, as in {{class}}_{{n}}.png.");
        }
        catch (ArgumentException e)
        {
            throw new BadInputException($"'class-from' '{text}' is not a valid pattern: {e.Message}", e);
        }
    }

    /// <summary>Checks a pattern, if there is one.</summary>
    /// <exception cref="BadInputException">It is not a valid template or regular expression, or names no class.</exception>
    public static void Check(string? text)
    {
        if (text is not null)
            Parse(text);
    }

    /// <summary>The images of a folder and all folders below it.</summary>
    /// <param name="root">The data set's folder.</param>
    /// <param name="kinds">What the data has.</param>
    /// <exception cref="BadInputException">No name fits.</exception>
    internal FoundImages Find(string root, InputKinds kinds)
    {
        var (images, others) = (new List<FoundImage>(), new List<string>());
        foreach (var path in Below(root, root, kinds, depth: 0))
        {
            var name = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
            if (Match(name) is { Success: true } match)
            {
                images.Add(new(path, name, Value(match, Class)!, Value(match, Group), SplitIn(match, name), KindIn(match, name) ?? false));
            }
            else
            {
                others.Add(name);
            }
        }

        if (images.Count == 0)
        {
            throw new BadInputException(others.Count == 0
                ? $"{root} contains no {InputFiles.FormatsOf(kinds)}."
                : $"'class-from' '{_text}' fits none of the {others.Count} {kinds.Noun()} in {root}, such as {others[0]}. Compare it with their names.");
        }

        return new(
            [.. WithFolders(images).OrderBy(image => image.Part)],
            [],
            others.Count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{kinds.CapitalNoun()} left out because '{_text}' does not fit their names: {others.Count}, such as {others[0]}.")]);
    }

    private Match? Match(string name)
    {
        try
        {
            return _regex.Match(_isOfPath ? name : name[(name.LastIndexOf('/') + 1)..]);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new BadInputException($"'class-from' '{_text}' takes too long on {name}. Write a simpler expression.", e);
        }
    }

    private SplitPart? SplitIn(Match match, string name) => Value(match, Split) is { } split
        ? PartNames.Of(split) ?? throw new BadInputException($"'class-from' '{_text}' finds the split '{split}' in {name}. A split must be train, val or test.")
        : null;

    /// <summary>Whether the pattern finds that the image is forged; null if it has no kind.</summary>
    private bool? KindIn(Match match, string name) => Value(match, Kind) is { } kind
        ? ForgedNames.IsForgedField(kind) ?? throw new BadInputException($"'class-from' '{_text}' finds the kind '{kind}' in {name}. A kind must be genuine or forged, or G or F.")
        : null;

    /// <summary>The images with the kinds that their folders name, if these are of both kinds and are not what the pattern finds.</summary>
    private IEnumerable<FoundImage> WithFolders(List<FoundImage> images)
    {
        if (_isOfPath || _regex.GetGroupNames().Contains(Kind))
            return images;
        bool?[] kinds = [.. images.Select(image => image.Name.Split('/')[..^1].Select(ForgedNames.IsForged).LastOrDefault(kind => kind is not null))];
        return kinds.Contains(true) && kinds.Contains(false) ? images.Zip(kinds, (image, kind) => image with { IsForged = kind ?? false }) : images;
    }

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true } found ? found.Value : null;

    private static IEnumerable<string> Below(string root, string folder, InputKinds kinds, int depth)
    {
        var here = Directory.EnumerateFiles(folder).Where(path => kinds.Counts(Path.GetFileName(path))).Order(StringComparer.Ordinal);
        return depth == 4 ? here : here.Concat(DataFiles.Folders(root, folder).SelectMany(inner => Below(root, inner, kinds, depth + 1)));
    }

    /// <summary>The regular expression of a template: `{n}` is a number, any other name in braces is text, `*` is anything.</summary>
    private static string Expression(string template)
    {
        var expression = new StringBuilder("^");
        var at = 0;
        foreach (Match place in Place().Matches(template))
        {
            expression.Append(Regex.Escape(template[at..place.Index]));
            expression.Append(place.Groups["name"] is not { Success: true } name ? ".*"
                : name.Value == "n" ? "[0-9]+"
                : name.Value is Class or Group or Split or Kind ? $"(?<{name.Value}>[^/]+?)"
                : "[^/]*?");
            at = place.Index + place.Length;
        }

        return expression.Append(Regex.Escape(template[at..])).Append('$').ToString();
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}|\*")]
    private static partial Regex Place();
}
