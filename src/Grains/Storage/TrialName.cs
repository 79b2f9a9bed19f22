namespace Siamese.Grains.Storage;

/// <summary>Checks a trial's id for use as a name in a store: 32 lowercase hexadecimal digits.</summary>
internal static class TrialName
{
    public static bool Is(string trial) => trial.Length == 32 && trial.All(char.IsAsciiHexDigitLower);

    /// <returns>The id, if it is valid.</returns>
    /// <exception cref="ArgumentException">It is not a valid id, and could be a path out of the folder.</exception>
    public static string Check(string trial) =>
        Is(trial) ? trial : throw new ArgumentException($"'{trial}' is not a trial id.", nameof(trial));
}
