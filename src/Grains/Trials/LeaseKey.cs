namespace Siamese.Grains.Trials;

/// <summary>The key of a lease's trainer: `trial/fence`.</summary>
internal static class LeaseKey
{
    public static string Of(string trial, long fence) => FormattableString.Invariant($"{trial}/{fence}");
}
