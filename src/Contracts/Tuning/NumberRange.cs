using System.Globalization;

namespace Siamese.Contracts.Tuning;

/// <summary>A range of numbers that a search draws from.</summary>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
/// <param name="IsLog">Whether every factor of ten is equally likely, rather than every interval of the same length.</param>
[GenerateSerializer, Immutable, Alias("siamese.NumberRange")]
public sealed record NumberRange(double Low, double High, bool IsLog)
{
    /// <summary>The fraction of a range with zero that means 0.</summary>
    private const double ZeroShare = 0.2;

    /// <summary>Whether 0 is tried too, which a logarithmic range cannot contain: in one of five draws.</summary>
    [Id(3)] public bool WithZero { get; init; }

    /// <summary>As a user writes it: `0.5..5`, `log:1e-4..1e-2` or `0,log:1e-4..1e-2`.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(WithZero ? "0," : "")}{(IsLog ? "log:" : "")}{Low}..{High}");

    /// <summary>The number at a fraction of the range, 0 to 1.</summary>
    public double At(double share)
    {
        if (WithZero)
            return share < ZeroShare ? 0 : (this with { WithZero = false }).At((share - ZeroShare) / (1 - ZeroShare));
        return IsLog ? Low * Math.Pow(High / Low, share) : Low + (share * (High - Low));
    }

    /// <summary>The fraction of the range, 0 to 1, at which a number lies.</summary>
    public double ShareOf(double number)
    {
        if (WithZero)
            return number == 0 ? ZeroShare / 2 : ZeroShare + ((1 - ZeroShare) * (this with { WithZero = false }).ShareOf(number));
        return IsLog ? Math.Log(number / Low) / Math.Log(High / Low) : (number - Low) / (High - Low);
    }
}
