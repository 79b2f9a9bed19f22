using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Tests.Search.Proposers;

public sealed class AdaptiveSearchTests
{
    private static readonly SearchSpace _space = new()
    {
        Dimensions =
        [
            new Dimension { Hyperparameter = "loss", Values = ["contrastive", "nt-xent"] },
            new Dimension { Hyperparameter = "margin", Range = new(0.5, 5, IsLog: false) },
            new Dimension { Hyperparameter = "learning-rate", Range = new(1e-4, 1e-2, IsLog: true) },
            new Dimension { Hyperparameter = "batch-size", Range = new(10, 200, IsLog: false) },
        ],
    };

    [Fact]
    public void The_same_past_gives_the_same_next_point()
    {
        Assert.Equal(Run(_space, 30, Value), Run(_space, 30, Value));
        Assert.NotEqual(Run(_space, 30, Value), Run(_space, 30, point => -Value(point)));
    }

    [Fact]
    public void The_search_moves_to_good_regions_and_never_proposes_a_point_twice()
    {
        var points = Run(_space, 60, Value).Select(proposal => proposal.Point).ToArray();

        Assert.Equal(60, points.Distinct().Count());
        var late = points[40..];
        Assert.True(late.Count(point => point.Loss == "contrastive") > 15);
        Assert.True(late.Average(point => Math.Abs(Math.Log10(point.LearningRate) + 3)) < 0.4);
    }

    [Fact]
    public void Invalid_and_known_points_are_left_out_and_counted()
    {
        var space = new SearchSpace
        {
            Dimensions =
            [
                new Dimension { Hyperparameter = "distance", Values = ["euclidean", "cosine"] },
                new Dimension { Hyperparameter = "margin", Values = [1, 3, 4] },
            ],
        };
        // Of its six points, two have a margin beyond the cosine distance, and one more cannot be trained on the data.
        var proposals = Run(space, 10, point => point.Margin!.Value, point => point.Margin == 4 ? "not on this data" : null);

        Assert.Equal(3, proposals.Length);
        var expansion = AdaptiveSearch.ToExpansion(proposals);
        Assert.Equal((3, true), (expansion.Points.Length, expansion.Invalid + expansion.Duplicates > 0));
        Assert.NotNull(expansion.Remark);
    }

    [Fact]
    public void A_point_maps_to_a_place_and_back()
    {
        var unit = new UnitSpace(_space);
        foreach (var proposal in Run(_space, 40, Value))
        {
            var place = unit.PlaceOf(proposal.Point);
            Assert.Equal(proposal.Point.Loss == "nt-xent", double.IsNaN(place[1]));
            var back = unit.At([.. place.Select(x => double.IsNaN(x) ? 0.5 : x)]).Hyperparameters;
            Assert.Equal(proposal.Point.LearningRate, back.LearningRate, 1e-9);
            Assert.Equal((proposal.Point.Loss, proposal.Point.BatchSize), (back.Loss, back.BatchSize));
        }
    }

    private static double Value(Hyperparameters point) => Math.Pow(Math.Log10(point.LearningRate) + 3, 2) + (point.Loss == "nt-xent" ? 1 : 0);

    private static Proposal[] Run(SearchSpace space, int count, Func<Hyperparameters, double> value, Func<Hyperparameters, string?>? problem = null)
    {
        var unit = new UnitSpace(space);
        var request = new SweepRequest { Space = space, Search = SearchKind.Tpe, Points = count };
        var search = new AdaptiveSearch(unit, SpaceSearch.ProposerOf(request, unit), problem ?? (_ => null));
        var made = new List<Proposal>();
        while (made.Count < count && search.Next(made, [.. made.Select(proposal => (double?)value(proposal.Point))]) is { } next)
            made.Add(next);
        return [.. made];
    }
}
