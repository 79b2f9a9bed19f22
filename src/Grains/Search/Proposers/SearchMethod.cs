using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Proposers;

/// <summary>
/// A way to choose the points of a search space. To add one, add a value to <see cref="SearchKind"/>, write its
/// <see cref="IProposer"/>, and add a line to <see cref="All"/>.
/// </summary>
/// <param name="Kind">The request's value for it.</param>
/// <param name="Proposer">Creates its proposer from a space and a seed; null for a grid, which lists its points instead.</param>
/// <param name="IsAdaptive">Whether points depend on earlier results, so that they are not known in advance.</param>
internal sealed record SearchMethod(SearchKind Kind, Func<UnitSpace, int, IProposer>? Proposer, bool IsAdaptive = false)
{
    public static IReadOnlyList<SearchMethod> All { get; } =
    [
        new(SearchKind.Grid, Proposer: null),
        new(SearchKind.Random, (unit, seed) => new RandomProposer(unit.Choices.Length, seed)),
        new(SearchKind.Sobol, (unit, seed) => new SobolProposer(unit.Choices.Length, seed)),
        new(SearchKind.Tpe, (unit, seed) => new TpeProposer(unit.Choices, seed, place => unit.PlaceOf(unit.At(place).Hyperparameters)), IsAdaptive: true),
    ];

    /// <summary>What to use in place of a grid, for messages: `'search' random, sobol or tpe`.</summary>
    public static string InsteadOfGrid { get; } = $"'{Setting}' {Listed([.. All.Where(method => method.Proposer is not null).Select(method => Words.Of(method.Kind))])}";

    /// <summary>The setting that chooses the search.</summary>
    public const string Setting = "search";

    /// <exception cref="BadInputException">There is no such search.</exception>
    public static SearchMethod Of(SearchKind kind) =>
        All.FirstOrDefault(method => method.Kind == kind) ?? throw new BadInputException($"There is no search {kind}.");

    private static string Listed(string[] words) => $"{string.Join(", ", words[..^1])} or {words[^1]}";
}
