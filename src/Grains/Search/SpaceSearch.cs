using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Search;

/// <summary>The points that a request asks to be trained.</summary>
internal static class SpaceSearch
{
    /// <summary>So many proposals in a row that are invalid or known say that there is nothing new in the space.</summary>
    public const int MostInVain = 1000;

    /// <summary>Points that an adaptive search is judged by before it begins.</summary>
    private const int Sampled = 64;

    /// <summary>Whether the points depend on how earlier ones did, so that they are not known before.</summary>
    public static bool IsAdaptive(this SweepRequest request) => request.Search is SearchKind.Tpe;

    /// <summary>All points; of an adaptive search, points such as it may propose.</summary>
    /// <exception cref="BadInputException">The space, or what is asked of it, cannot be.</exception>
    public static Expansion Expand(SweepRequest request)
    {
        if (request.Search is SearchKind.Grid)
        {
            return request.Points is null
                ? GridSearch.Expand(request.Space)
                : throw new BadInputException("--trials: a grid has as many points as there are combinations; leave it out, or draw them with --search random, sobol or tpe.");
        }

        if (request.Points is not { } points)
            throw new BadInputException($"--search {Words.Of(request.Search)}: say how many points to draw, as --trials 20.");
        SpaceNames.Check(request.Space);
        var unit = new UnitSpace(request.Space);
        return request.IsAdaptive()
            ? Draw(request.Space, unit, Math.Min(points, Sampled), new SobolSampler(unit.Choices.Length, request.SearchSeed))
            : Draw(request.Space, unit, points, SamplerOf(request, unit));
    }

    /// <summary>The sampler that a request asks for.</summary>
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
