using Siamese.Contracts.Clusters;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Layout;

namespace Siamese.Web.Tests.Pages;

/// <summary>What every page shows of its cluster.</summary>
public sealed class ClusterNewsTests
{
    [Fact]
    public void The_others_are_those_that_users_reach_at_another_address_once_each()
    {
        SiloSlots[] silos = [Silo("a", "http://10.0.0.1:80/"), Silo("d", "http://10.0.0.3:80/"), Silo("b", "http://10.0.0.2:80/"), Silo("c", "http://10.0.0.2:80/"), Silo("without", null), new("of another build", 1)];

        Assert.Equal(["http://10.0.0.2:80/", "http://10.0.0.3:80/"], ClusterNews.Of(silos, "a").Others);
        Assert.Equal(3, ClusterNews.Of(silos, own: null).Others.Count);
        Assert.Empty(ClusterNews.Of([Silo("a", "https://all/"), Silo("b", "https://all/")], "a").Others);
    }

    [Fact]
    public void The_store_is_in_trouble_if_it_is_for_any_silo_and_the_longest_counts()
    {
        SiloSlots[] silos = [Silo("a", null), Silo("b", null, new(Answers: false, 3, "short.")), Silo("c", null, new(Answers: false, 40, "long."))];

        Assert.Equal("long.", ClusterNews.Of(silos, "a").Trouble!.Reason);
        Assert.Null(ClusterNews.Of(silos[..1], "a").Trouble);
    }

    private static SiloSlots Silo(string name, string? page, StoreTrouble? trouble = null) => new(name, 1)
    {
        News = new SiloNews { Verdicts = new(0, 0), Page = page, Store = new StoreNews("SQLite", 1, 1, trouble) },
    };
}
