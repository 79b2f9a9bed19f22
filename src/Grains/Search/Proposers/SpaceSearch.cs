using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Proposers;

/// <summary>Expands a sweep request into points to train.</summary>
internal static class SpaceSearch
{
    /// <summary>After this many consecutive invalid or known proposals, the space counts as exhausted.</summary>
    public const int MostInVain = 1000;

    /// <summary>Number of sample points for checking an adaptive search before it starts.</summary>
    private const int Sampled = 64;

    /// <summary>Whether points depend on earlier results, so that they are not known in advance.</summary>
    public static bool IsAdaptive(this SweepRequest request) => SearchMethod.Of(request.Search).IsAdaptive;

    /// <summary>All points; for an adaptive search, a sample of possible points.</summary>
    /// <exception cref="BadInputException">The space or the request is invalid.</exception>
    public static Expansion Expand(SweepRequest request)
    {
        var method = SearchMethod.Of(request.Search);
        if (method.Proposer is null)
        {
            return request.Points is null
                ? GridSearch.Expand(request.Space)
                : throw new BadInputException($"'trials': a grid trains every combination; leave it out, or draw points with {SearchMethod.InsteadOfGrid}.");
        }

        if (request.Points is not { } points)
            throw new BadInputException($"'{SearchMethod.Setting}' {Words.Of(request.Search)}: say how many points to draw, for example 'trials' 20.");
        SpaceNames.Check(request.Space);
        var unit = new UnitSpace(request.Space);
        return method.IsAdaptive
            ? Draw(request.Space, unit, Math.Min(points, Sampled), new SobolProposer(unit.Choices.Length, request.SearchSeed))
            : Draw(request.Space, unit, points, method.Proposer(unit, request.SearchSeed));
    }

    /// <summary>The proposer for a request whose search is not a grid.</summary>
    public static IProposer ProposerOf(SweepRequest request, UnitSpace unit) => SearchMethod.Of(request.Search).Proposer!(unit, request.SearchSeed);

    private static Expansion Draw(SearchSpace space, UnitSpace unit, int count, IProposer proposer)
    {
        var selection = new Selection();
        var used = new HashSet<string>();
        var inVain = 0;
        for (var number = 0; selection.Points.Count < count && inVain < MostInVain; number++)
        {
            var point = unit.At(proposer.Propose(number, []));
            var isNew = selection.Add(point.Hyperparameters, point.Problem);
            inVain = isNew ? 0 : inVain + 1;
            if (isNew)
                used.UnionWith(space.Dimensions.Select(dimension => dimension.Hyperparameter).Where(name => !point.Unused.Contains(name)));
        }

        if (selection.Points.Count == 0)
            throw new BadInputException(selection.WhyInvalid!);
        if (space.Dimensions.FirstOrDefault(dimension => !dimension.IsDefault && !used.Contains(dimension.Hyperparameter)) is { } unused)
            throw SpaceNames.Useless(unused);
        return selection.ToExpansion();
    }
}
