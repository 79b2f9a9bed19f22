namespace Siamese.Model.Galleries;

/// <summary>A reference, and how far from it the image is that was asked about.</summary>
/// <param name="Name">Whom it shows.</param>
/// <param name="Distance">The combined distance.</param>
/// <param name="Lot">Which lot of the gallery it is in.</param>
/// <param name="Row">Which of the lot's references it is.</param>
public sealed record NearReference(string Name, float Distance, int Lot, int Row) : IComparable<NearReference>
{
    /// <summary>The nearer first; of equally near ones the first by name, then by place: the same whoever searched which part.</summary>
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
