using Siamese.Web.Sweeps.Trials;

namespace Siamese.Web.Tests.Sweeps;

public sealed class TrialOrderTests
{
    [Fact]
    public void What_comes_after_a_place_does_not_depend_on_trials_that_are_added_before_it()
    {
        var order = new TrialOrder("eer");
        TrialOrder.Place[] places = [new(0.1, null, "a"), new(0.1, null, "b"), new(0.2, null, "c"), new(null, null, "d")];
        var cursor = order.Read(order.Write(places[1]));

        var rest = places.Append(new(0.05, null, "e")).Append(new(0.1, null, "aa")).Append(new(0.15, null, "f")).Where(place => order.Compare(place, cursor) > 0).Order(order);

        Assert.Equal(["f", "c", "d"], rest.Select(place => place.Trial));
    }

    [Fact]
    public void Trials_without_the_value_come_last_in_both_directions()
    {
        TrialOrder.Place[] places = [new(null, null, "none"), new(1, null, "one"), new(2, null, "two")];

        Assert.Equal(["one", "two", "none"], places.Order(new TrialOrder("margin")).Select(place => place.Trial));
        Assert.Equal(["two", "one", "none"], places.Order(new TrialOrder("-margin")).Select(place => place.Trial));
    }
}
