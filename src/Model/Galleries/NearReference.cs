namespace Siamese.Model.Galleries;

/// <summary>A reference, and its distance from the probe.</summary>
/// <param name="Name">Who or what it shows.</param>
/// <param name="Distance">The combined distance.</param>
/// <param name="Lot">Number of its lot in the gallery.</param>
/// <param name="Row">Its row in the lot.</param>
public sealed record NearReference(string Name, float Distance, int Lot, int Row) : IComparable<NearReference>
{
    /// <summary>Orders by distance, then by name, then by place, so that the result does not depend on how the search was divided.</summary>
    public int CompareTo(NearReference? other)
    {
        if (other is null)
            return 1;
        var order = Distance.CompareTo(other.Distance);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        order = order != 0 ? order : Lot.CompareTo(other.Lot);
        return order != 0 ? order : Row.CompareTo(other.Row);
    }

    public static bool operator <(NearReference left, NearReference right) => left.CompareTo(right) < 0;

    public static bool operator >(NearReference left, NearReference right) => left.CompareTo(right) > 0;

    public static bool operator <=(NearReference left, NearReference right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NearReference left, NearReference right) => left.CompareTo(right) >= 0;
}
