using Siamese.Contracts.Listing;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Tests.Listing;

public sealed class TrialConditionsTests
{
    private static readonly string _hash = new('a', 64);

    /// <summary>Pages and tables show the start of a hash, and their links name what they show.</summary>
    [Theory]
    [InlineData("small:out@aaaaaaaa", true)]
    [InlineData("small:out:4@", true)]
    [InlineData("small:out@bbbbbbbb", false)]
    [InlineData("none", false)]
    public void A_condition_on_a_hash_may_state_what_tables_show_of_it(string stated, bool holds)
    {
        var condition = new TrialConditions([], [$"backbone:{stated}{(stated.EndsWith('@') ? _hash : "")}"]).Values.Single();

        Assert.Equal(holds, condition.Holds(HyperparameterValue.Of($"small:out:4@{_hash}")));
    }
}
