using System.Runtime.CompilerServices;

namespace Siamese.Model.Losses;

/// <summary>Checks the settings of losses.</summary>
internal static class Checked
{
    /// <summary>A margin, if it is valid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number of at least 0.</exception>
    public static double Margin(double margin) => double.IsFinite(margin) && margin >= 0
        ? margin
        : throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin must be a number of at least 0.");

    /// <summary>A setting that must be above 0, if it is.</summary>
    /// <param name="value">The setting.</param>
    /// <param name="what">What the message calls it.</param>
    /// <param name="name">Its name in code.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number above 0.</exception>
    public static double Positive(double value, string what, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{what} must be greater than 0.");
}
