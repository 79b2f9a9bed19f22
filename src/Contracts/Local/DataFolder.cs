namespace Siamese.Contracts.Local;

/// <summary>The data folder of this machine's user: state, blobs, logs and the local silo's file.</summary>
public static class DataFolder
{
    /// <summary>Name of the environment variable that names another folder.</summary>
    public const string Variable = "SIAMESE_HOME";

    /// <summary>`$SIAMESE_HOME`, or `siamese` in the platform's folder for a user's application data. Absolute; not created.</summary>
    public static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home
            ? Path.GetFullPath(home)
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "siamese");
}
