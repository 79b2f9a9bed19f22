namespace Siamese.Grains.Storage;

/// <summary>A trial's id as a name in a store: 32 hexadecimal digits in lower case.</summary>
internal static class TrialName
{
    /// <returns>The id, where it is one.</returns>
    /// <exception cref="ArgumentException">It is none, and might be a path out of a folder.</exception>
    public static string Check(string trial) =>
        trial.Length == 32 && trial.All(char.IsAsciiHexDigitLower) ? trial : throw new ArgumentException($"'{trial}' is no trial's id.", nameof(trial));
}
