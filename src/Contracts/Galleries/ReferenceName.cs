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
        return name.Trim().Length == name.Length && !name.Any(char.IsControl)
            ? name
            : throw new BadInputException($"'{string.Concat(name.Where(c => !char.IsControl(c)))}' is not a valid name: it starts or ends with a space, or contains an invisible character.");
    }
}
