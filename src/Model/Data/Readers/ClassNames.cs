namespace Siamese.Model.Data.Readers;

/// <summary>Names of classes that may be meant otherwise than they are read.</summary>
internal static class ClassNames
{
    /// <returns>A sentence for the user if names differ only in case, spaces, hyphens or underscores; else nothing.</returns>
    public static IEnumerable<string> Remarks(IEnumerable<string> classes)
    {
        string[][] alike = [.. classes.GroupBy(Plain).Select(names => names.ToArray()).Where(names => names.Length > 1)];
        if (alike.Length > 0)
            yield return FormattableString.Invariant($"Classes with nearly the same name, which are read as different classes: {alike.Sum(names => names.Length)}, such as {alike[0][0]} and {alike[0][1]}.");
    }

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_'))).ToLowerInvariant();
        return plain.Length > 0 ? plain : name;
    }
}
