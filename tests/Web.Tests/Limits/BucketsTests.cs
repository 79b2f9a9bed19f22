using Siamese.Web.Limits;

namespace Siamese.Web.Tests.Limits;

public sealed class BucketsTests : IDisposable
{
    private readonly Buckets<string> _buckets = new(maximum: 3, TimeProvider.System);

    public void Dispose() => _buckets.Dispose();

    [Fact]
    public void A_bucket_is_full_at_first_and_says_when_its_next_token_comes_back()
    {
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(_buckets.Take("a", 4)));

        var wait = Assert.NotNull(_buckets.Take("a", 4));
        Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_token_has_come_back_after_the_stated_time()
    {
        var wait = TimeSpan.Zero;
        for (var i = 0; i < 2_000 && wait == TimeSpan.Zero; i++)
            wait = _buckets.Take("a", 600) ?? TimeSpan.Zero;

        await Task.Delay(wait + TimeSpan.FromMilliseconds(20));

        Assert.Null(_buckets.Take("a", 600));
    }

    [Fact]
    public void A_full_bucket_again_has_all_of_its_tokens()
    {
        Assert.Null(_buckets.Take("a", 1));
        Assert.NotNull(_buckets.Take("a", 1));

        _buckets.Fill("a");

        Assert.Null(_buckets.Take("a", 1));
    }

    [Fact]
    public void Many_names_push_nobody_out_and_share_one_bucket()
    {
        Assert.Null(_buckets.Take("first", 1));
        Assert.Null(_buckets.Take("second", 1));
        Assert.Null(_buckets.Take("third", 1));

        var answers = Enumerable.Range(0, 1_000).Select(i => _buckets.Take($"stranger {i}", 5)).ToArray();

        Assert.Equal(5, answers.Count(wait => wait is null));
        Assert.Equal(3, _buckets.Count);
        Assert.All(["first", "second", "third"], name => Assert.NotNull(_buckets.Take(name, 1)));
    }

    [Fact]
    public async Task Buckets_that_are_full_again_make_room()
    {
        // A token comes back after 60 µs.
        Assert.All(["a", "b", "c"], name => Assert.Null(_buckets.Take(name, 1_000_000)));
        await Task.Delay(20);

        Assert.Null(_buckets.Take("d", 1));
        Assert.Equal(1, _buckets.Count);
    }
}
