using Siamese.Contracts.Listing;
using Siamese.Contracts.Tuning;

namespace Siamese.Web.Tests.Sweeps;

public sealed class TrialOrderTests
{
    [Fact]
    public void What_comes_after_a_place_does_not_depend_on_trials_that_are_added_before_it()
    {
        var order = new TrialOrder("eer");
        TrialPlace[] places = [Place(0.1, 0xa0), Place(0.1, 0xb0), Place(0.2, 0xc0), Place(null, 0xd0)];
        var cursor = order.Read(order.Write(places[1]));

        var rest = places.Append(Place(0.05, 0xe0)).Append(Place(0.1, 0xaa)).Append(Place(0.15, 0xf0)).Where(place => order.Compare(place, cursor) > 0).Order(order);

        Assert.Equal(cursor, places[1]);
        Assert.Equal([0xf0, 0xc0, 0xd0], rest.Select(place => (int)place.Trial));
    }

    [Fact]
    public void Trials_without_the_value_come_last_in_both_directions()
    {
        TrialPlace[] places = [Place(null, 0), Place(1, 1), Place(2, 2)];

        Assert.Equal([1, 2, 0], places.Order(new TrialOrder("margin")).Select(place => (int)place.Trial));
        Assert.Equal([2, 1, 0], places.Order(new TrialOrder("-margin")).Select(place => (int)place.Trial));
    }

    [Fact]
    public void Words_come_in_their_order_after_numbers()
    {
        TrialPlace[] places = [new(HyperparameterValue.Of("48x96"), 1), new(HyperparameterValue.Of("28x96"), 2), Place(28, 3)];

        Assert.Equal([3, 2, 1], places.Order(new TrialOrder("inputSize")).Select(place => (int)place.Trial));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", 0u)]
    [InlineData("0000000000000000000000000000abcd", 0xabcdu)]
    [InlineData("0000000000000000000000000000ABCD", null)]
    [InlineData("abcd", null)]
    [InlineData("zz0000000000000000000000000000000", null)]
    public void An_id_and_its_number_are_one(string id, uint? number)
    {
        Assert.Equal(number is { } known ? (UInt128)known : null, TrialPlace.NumberOf(id));
        if (number is { } written)
            Assert.Equal(id, TrialPlace.IdOf(written));
    }

    private static TrialPlace Place(double? value, uint trial) => new(HyperparameterValue.Maybe(value), trial);
}
