using System.Collections.Immutable;

namespace Siamese.Contracts.Listing;

/// <summary>Asks for some trials of a sweep, page by page.</summary>
[GenerateSerializer, Immutable, Alias("siamese.TrialQuestion")]
public sealed record TrialQuestion
{
    /// <summary>The order of the best trials.</summary>
    public const string UsualSort = "eer";

    /// <summary>As for <see cref="TrialConditions"/>.</summary>
    [Id(0)] public ImmutableArray<string> States { get; init; } = [];

    /// <summary>As for <see cref="TrialConditions"/>.</summary>
    [Id(1)] public ImmutableArray<string> Where { get; init; } = [];

    /// <summary>As for <see cref="TrialOrder"/>.</summary>
    [Id(2)] public string Sort { get; init; } = UsualSort;

    /// <summary>Maximum number of trials on a page, 1 to 1,000.</summary>
    [Id(3)] public int Limit { get; init; } = 100;

    /// <summary>The <see cref="TrialPage.Next"/> of the page before; null for the first.</summary>
    [Id(4)] public string? After { get; init; }
}
