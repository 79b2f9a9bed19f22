namespace Siamese.Contracts.Galleries;

/// <summary>What somebody or something may be enrolled as.</summary>
public static class ReferenceName
{
    /// <summary>Most characters of a name.</summary>
    public const int MaximumLength = 200;

    /// <returns>The name, where it is one.</returns>
    /// <exception cref="BadInputException">It is blank, longer than <see cref="MaximumLength"/>, has spaces at an end, or holds a control character.</exception>
    public static string Check(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new BadInputException("A name to enroll is blank; give the images one.");
        if (name.Length > MaximumLength)
            throw new BadInputException($"The name '{name[..32]}…' has {name.Length} characters; a name may have {MaximumLength}.");
        return name.Trim().Length == name.Length && !name.Any(char.IsControl)
            ? name
            : throw new BadInputException($"'{string.Concat(name.Where(c => !char.IsControl(c)))}' is no name: it has spaces at an end, or a character that cannot be seen.");
    }
}
