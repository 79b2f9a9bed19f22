using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search;

/// <summary>Expands a sweep request into points to train.</summary>
internal static class SpaceSearch
{
    /// <summary>After this many consecutive invalid or known proposals, the space counts as exhausted.</summary>
    public const int MostInVain = 1000;

    /// <summary>Number of sample points for checking an adaptive search before it starts.</summary>
    private const int Sampled = 64;

    /// <summary>Whether points depend on earlier results, so that they are not known in advance.</summary>
    public static bool IsAdaptive(this SweepRequest request) => request.Search is SearchKind.Tpe;

    /// <summary>All points; for an adaptive search, a sample of possible points.</summary>
    /// <exception cref="BadInputException">The space or the request is invalid.</exception>
    public static Expansion Expand(SweepRequest request)
    {
        if (request.Search is SearchKind.Grid)
        {
            return request.Points is null
                ? GridSearch.Expand(request.Space)
                : throw new BadInputException("--trials: a grid trains every combination; leave it out, or draw points with --search random, sobol or tpe.");
        }

        if (request.Points is not { } points)
            throw new BadInputException($"--search {Words.Of(request.Search)}: say how many points to draw, for example --trials 20.");
        SpaceNames.Check(request.Space);
        var unit = new UnitSpace(request.Space);
        return request.IsAdaptive()
            ? Draw(request.Space, unit, Math.Min(points, Sampled), new SobolSampler(unit.Choices.Length, request.SearchSeed))
            : Draw(request.Space, unit, points, SamplerOf(request, unit));
    }

    /// <summary>The sampler for a request.</summary>
    public static ISampler SamplerOf(SweepRequest request, UnitSpace unit) => request.Search switch
    {
        SearchKind.Random => new RandomSampler(unit.Choices.Length, request.SearchSeed),
        SearchKind.Sobol => new SobolSampler(unit.Choices.Length, request.SearchSeed),
        SearchKind.Tpe => new TpeSampler(unit.Choices, request.SearchSeed, place => unit.PlaceOf(unit.At(place).Hyperparameters)),
        _ => throw new BadInputException($"There is no search {request.Search}."),
    };

    private static Expansion Draw(SearchSpace space, UnitSpace unit, int count, ISampler sampler)
    {
        var selection = new Selection();
        var used = new HashSet<string>();
        var inVain = 0;
        for (var number = 0; selection.Points.Count < count && inVain < MostInVain; number++)
        {
            var point = unit.At(sampler.Propose(number, []));
            var isNew = selection.Add(point.Hyperparameters, point.Problem);
            inVain = isNew ? 0 : inVain + 1;
            if (isNew)
                used.UnionWith(space.Dimensions.Select(dimension => dimension.Hyperparameter).Where(name => !point.Unused.Contains(name)));
        }

        if (selection.Points.Count == 0)
            throw new BadInputException(selection.WhyInvalid!);
        if (space.Dimensions.FirstOrDefault(dimension => !used.Contains(dimension.Hyperparameter)) is { } unused)
            throw SpaceNames.Useless(unused);
        return selection.ToExpansion();
    }
}
