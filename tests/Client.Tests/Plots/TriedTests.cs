using Siamese.Plots.Sweeps;

namespace Siamese.Client.Tests.Plots;

public sealed class TriedTests
{
    [Fact]
    public void What_is_the_same_in_every_trial_was_not_tried() => Assert.Empty(Tried.Among([Some.Trial(), Some.Trial("b5d1aa0011223344")]));

    [Fact]
    public void Numbers_have_their_places_on_an_axis_of_numbers()
    {
        var margin = Margins(1, 2, 4);

        Assert.Equal(("margin", false), (margin.Axis.Title, margin.Axis.IsLog));
        Assert.Equal(2.0, margin.Place(Some.Trial(margin: 2)));
    }

    [Fact]
    public void A_trial_without_the_hyperparameter_has_no_place_among_many_numbers()
    {
        var margin = Margins(1, 2, 4, null);

        Assert.Empty(margin.Words);
        Assert.Null(margin.Place(Some.Trial(margin: null)));
    }

    [Fact]
    public void A_trial_without_the_hyperparameter_is_a_word_beside_few_numbers()
    {
        var margin = Margins(2, null, 1);

        Assert.Equal(["1", "2", "-"], margin.Words);
        Assert.Equal(2.0, margin.Place(Some.Trial(margin: null)));
    }

    private static Tried Margins(params double?[] margins) =>
        Assert.Single(Tried.Among([.. margins.Select(margin => Some.Trial(margin: margin))]));
}
