using System.Collections.Immutable;

namespace Siamese.Contracts.Tuning;

/// <summary>The values that a hyperparameter can have.</summary>
public sealed record ValueRange
{
    private ValueRange(double low, double high, string inWords) => (Low, High, InWords) = (low, high, inWords);

    /// <summary>The range in words that can follow *is not*: `above 0`.</summary>
    public string InWords { get; }

    /// <summary>The smallest number.</summary>
    public double Low { get; }

    /// <summary>The largest number; infinite if there is none.</summary>
    public double High { get; }

    /// <summary>Whether the smallest number itself is excluded.</summary>
    public bool IsLowExcluded { get; private init; }

    public bool IsWhole { get; private init; }

    /// <summary>Whether values are words rather than numbers.</summary>
    public bool IsWord { get; private init; }

    /// <summary>Whether values are sizes of images: a number for a square, or a word such as `48x96`.</summary>
    public bool IsSize { get; private init; }

    /// <summary>The allowed words; empty if they are names that only a silo knows.</summary>
    public ImmutableArray<string> Words { get; private init; } = [];

    public static ValueRange Above(double low) => new(low, double.PositiveInfinity, FormattableString.Invariant($"above {low}")) { IsLowExcluded = true };

    public static ValueRange Between(double low, double high) => new(low, high, FormattableString.Invariant($"from {low} to {high}"));

    public static ValueRange From(double low) => new(low, double.PositiveInfinity, FormattableString.Invariant($"{low} or above"));

    public static ValueRange WholeFrom(int low) => From(low) with { IsWhole = true };

    public static ValueRange WholeBetween(int low, int high) => Between(low, high) with { IsWhole = true };

    /// <summary>Sizes of images whose sides are in a range.</summary>
    public static ValueRange SizeBetween(int low, int high) =>
        new(low, high, FormattableString.Invariant($"from {low} to {high}, or rows and columns in that range such as 48x96")) { IsWhole = true, IsSize = true };

    /// <summary>Names that a build has, such as those of losses.</summary>
    public static ValueRange Names { get; } = new(0, 0, "a name") { IsWord = true };

    /// <summary>Names of what users brought to the cluster, such as weights.</summary>
    public static ValueRange NamesInCluster { get; } = new(0, 0, "a name") { IsWord = true };

    public static ValueRange OneOf(params ReadOnlySpan<string> words) =>
        new(0, 0, $"one of {string.Join(", ", words)}") { IsWord = true, Words = [.. words] };

    public bool Holds(HyperparameterValue value)
    {
        if (IsWord)
            return value.Word is { } word && (Words.IsEmpty || Words.Contains(word));
        if (IsSize && value.Word is not null)
            return ImageSize.Find(value) is { } size && Holds(size.Rows) && Holds(size.Columns);
        var number = value.Number;
        return value.Word is null && double.IsFinite(number)
            && (IsLowExcluded ? number > Low : number >= Low) && number <= High
            && (!IsWhole || (number == Math.Floor(number) && number <= int.MaxValue));
    }
}
