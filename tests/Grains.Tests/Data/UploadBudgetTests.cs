using Siamese.Contracts;
using Siamese.Grains.Access;
using Siamese.Grains.Data;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Data;

public sealed class UploadBudgetTests
{
    private const long Gigabyte = 1_000_000_000;

    private readonly QuickClock _clock = new();

    [Fact]
    public void Neither_one_caller_nor_all_together_can_fill_the_store_in_a_day()
    {
        var budget = new UploadBudget(_clock);
        Take(budget, "anna", 50);
        Assert.Contains("the limit for one caller", Assert.Throws<BadInputException>(() => Take(budget, "anna", 1)).Message, StringComparison.Ordinal);
        foreach (var caller in (string[])["bert", "carl", "dora"])
            Take(budget, caller, 50);
        Assert.Contains("This silo received", Assert.Throws<BadInputException>(() => Take(budget, "emil", 1)).Message, StringComparison.Ordinal);

        _clock.PutDateForward(TimeSpan.FromHours(23));
        Assert.Throws<BadInputException>(() => Take(budget, "anna", 1));
        _clock.PutDateForward(TimeSpan.FromHours(1));
        Take(budget, "anna", 50);
    }

    private static void Take(UploadBudget budget, string caller, long gigabytes)
    {
        CallingClient.Is(caller);
        budget.Take(gigabytes * Gigabyte);
    }
}
