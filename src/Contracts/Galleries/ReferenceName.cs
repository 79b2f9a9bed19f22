using System.Text;

namespace Siamese.Contracts.Galleries;

/// <summary>The names that can be enrolled.</summary>
public static class ReferenceName
{
    /// <summary>Maximum number of characters in a name.</summary>
    public const int MaximumLength = 200;

    /// <returns>The name, if it is valid.</returns>
    /// <exception cref="BadInputException">It is blank, longer than <see cref="MaximumLength"/>, starts or ends with a space, or contains a control character.</exception>
    public static string Check(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new BadInputException("A name to enroll is blank; give the images one.");
        if (name.Length > MaximumLength)
            throw new BadInputException($"The name '{name[..32]}…' has {name.Length} characters; the maximum is {MaximumLength}.");
        // Half of a surrogate pair becomes a replacement character.
        return name.Trim().Length == name.Length && name.EnumerateRunes().All(character => PlainText.IsPlain(character) && character != Rune.ReplacementChar)
            ? name
            : throw new BadInputException($"'{PlainText.Of(name)}' is not a valid name: it starts or ends with a space, or contains a character that controls a terminal or the direction of text.");
    }
}
