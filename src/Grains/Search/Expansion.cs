using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search;

/// <summary>The points of a search.</summary>
/// <param name="Points">The points to train, without duplicates.</param>
/// <param name="Invalid">Combinations that cannot be trained.</param>
/// <param name="WhyInvalid">Why the first of them cannot be trained; null without any.</param>
/// <param name="Duplicates">Combinations equivalent to another: they differ only in hyperparameters that do not apply.</param>
internal sealed record Expansion(ImmutableArray<Hyperparameters> Points, int Invalid, string? WhyInvalid, int Duplicates)
{
    /// <summary>Tells the user about combinations that are not trained; null if all are.</summary>
    public string? Remark
    {
        get
        {
            if (Invalid + Duplicates == 0)
                return null;
            var parts = new List<string>();
            if (Duplicates > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Duplicates:N0} equivalent to another"));
            if (Invalid > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Invalid:N0} invalid ({WhyInvalid!.TrimEnd('.')})"));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Of {Points.Length + Invalid + Duplicates:N0} combinations, {Points.Length:N0} {(Points.Length == 1 ? "is" : "are")} trained; {string.Join(", ", parts)}.");
        }
    }
}
