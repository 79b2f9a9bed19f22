using Siamese.Contracts;
using Siamese.Contracts.Evaluations;

namespace Siamese.Page.Ensembles;

/// <summary>The largest error rate of one kind that somebody accepts, as the address of a page states it.</summary>
/// <param name="IsFar">Whether it is the share of different pairs that are accepted; else that of same pairs that are rejected.</param>
/// <param name="Percent">The rate, 0 to 100.</param>
public sealed record RateLimit(bool IsFar, double Percent)
{
    private const string Far = "far", Frr = "frr";

    /// <summary>A rate that was written with a few digits and read again is still the same.</summary>
    private const double Rounding = 1e-9;

    /// <summary>As the address states it.</summary>
    public string Kind => IsFar ? Far : Frr;

    /// <param name="limit">`far` or `frr`.</param>
    /// <param name="rate">In per cent.</param>
    /// <exception cref="BadInputException">One is not valid.</exception>
    public static RateLimit Of(string limit, double rate)
    {
        BadInputException.ThrowUnless(limit is Far or Frr, $"'limit': '{PlainText.Of(limit)}' is not {Far} or {Frr}.");
        BadInputException.ThrowUnless(rate is >= 0 and <= 100, $"'rate': {rate} is not from 0 to 100 per cent.");
        return new(limit == Far, rate);
    }

    /// <summary>The place of the point that keeps the limit and has the lowest error rate of the other kind.</summary>
    /// <param name="curve">By increasing threshold, from no pair accepted to all.</param>
    public int PlaceOn(IReadOnlyList<CurvePoint> curve) => IsFar
        ? curve.Index().Last(point => 100 * point.Item.Far <= Percent + Rounding).Index
        : curve.Index().First(point => 100 * point.Item.Frr <= Percent + Rounding).Index;
}
