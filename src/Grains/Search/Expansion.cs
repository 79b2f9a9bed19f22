using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Search;

/// <summary>What a search of a space comes to.</summary>
/// <param name="Points">The points to train, none twice.</param>
/// <param name="Invalid">Combinations that cannot be trained.</param>
/// <param name="WhyInvalid">Why the first of them cannot; null without any.</param>
/// <param name="Duplicates">Combinations that are the same training as another, as they differ in what says nothing there.</param>
internal sealed record Expansion(ImmutableArray<Hyperparameters> Points, int Invalid, string? WhyInvalid, int Duplicates)
{
    /// <summary>What the user should know of combinations that are not trained; null where all are.</summary>
    public string? Remark
    {
        get
        {
            if (Invalid + Duplicates == 0)
                return null;
            var parts = new List<string>();
            if (Duplicates > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Duplicates:N0} the same training as another"));
            if (Invalid > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Invalid:N0} invalid ({WhyInvalid!.TrimEnd('.')})"));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Of {Points.Length + Invalid + Duplicates:N0} combinations {Points.Length:N0} {(Points.Length == 1 ? "is" : "are")} trained; {string.Join(", ", parts)}.");
        }
    }
}
