using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Search;

/// <summary>The points that a request asks to be trained.</summary>
internal static class SpaceSearch
{
    /// <summary>So many proposals in a row that are invalid or known say that there is nothing new in the space.</summary>
    private const int MostInVain = 1000;

    /// <exception cref="BadInputException">The space, or what is asked of it, cannot be.</exception>
    public static Expansion Expand(SweepRequest request)
    {
        if (request.Search is SearchKind.Grid)
        {
            return request.Points is null
                ? GridSearch.Expand(request.Space)
                : throw new BadInputException("--trials: a grid has as many points as there are combinations; leave it out, or draw them with --search random or sobol.");
        }

        if (request.Points is not { } points)
            throw new BadInputException($"--search {Words.Of(request.Search)}: say how many points to draw, as --trials 20.");
        SpaceNames.Check(request.Space);
        return Draw(request.Space, points, SamplerOf(request));
    }

    private static ISampler SamplerOf(SweepRequest request)
    {
        var dimensions = request.Space.Dimensions.Length;
        return request.Search switch
        {
            SearchKind.Random => new RandomSampler(dimensions, request.SearchSeed),
            SearchKind.Sobol => new SobolSampler(dimensions, request.SearchSeed),
            _ => throw new BadInputException($"There is no search {request.Search}."),
        };
    }

    private static Expansion Draw(SearchSpace space, int count, ISampler sampler)
    {
        var unit = new UnitSpace(space);
        var points = new List<Hyperparameters>();
        var trained = new HashSet<Hyperparameters>();
        var used = new HashSet<string>();
        var (invalid, duplicates, inVain) = (0, 0, 0);
        string? why = null;
        for (var number = 0; points.Count < count && inVain < MostInVain; number++)
        {
            var point = unit.At(sampler.Propose(number));
            inVain++;
            if (point.Problem is { } problem)
            {
                (invalid, why) = (invalid + 1, why ?? problem);
            }
            else if (trained.Add(point.Training))
            {
                points.Add(point.Hyperparameters);
                used.UnionWith(space.Dimensions.Select(dimension => dimension.Hyperparameter).Where(name => !point.Unused.Contains(name)));
                inVain = 0;
            }
            else
            {
                duplicates++;
            }
        }

        if (points.Count == 0)
            throw new BadInputException(why!);
        if (space.Dimensions.FirstOrDefault(dimension => !used.Contains(dimension.Hyperparameter)) is { } unused)
            throw SpaceNames.Useless(unused);
        return new Expansion([.. points], invalid, why, duplicates);
    }
}
