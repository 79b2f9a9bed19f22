using System.Globalization;

namespace Siamese.Contracts.Tuning;

/// <summary>A range of numbers that a search draws from.</summary>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
/// <param name="IsLog">Whether every factor of ten is equally likely, rather than every interval of the same length.</param>
[GenerateSerializer, Immutable, Alias("siamese.NumberRange")]
public sealed record NumberRange(double Low, double High, bool IsLog)
{
    /// <summary>As a user writes it: `0.5..5` or `log:1e-4..1e-2`.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLog ? "log:" : "")}{Low}..{High}");

    /// <summary>The number at a fraction of the range, 0 to 1.</summary>
    public double At(double share) => IsLog ? Low * Math.Pow(High / Low, share) : Low + (share * (High - Low));

    /// <summary>The fraction of the range, 0 to 1, at which a number lies.</summary>
    public double ShareOf(double number) => IsLog ? Math.Log(number / Low) / Math.Log(High / Low) : (number - Low) / (High - Low);
}
