using System.Net;
using Siamese.Contracts.Access;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Limits;

/// <summary>How many requests a silo answers in a minute.</summary>
public sealed class RateTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    [Fact]
    public async Task A_key_is_good_for_the_number_of_requests_that_it_states_and_then_must_wait()
    {
        using var http = await silo.Connect("sixtyaminute", Role.Read, perMinute: 60);
        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => http.GetAsync("sweeps")));

        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToArray();
        // While they were sent, some more may have become due.
        Assert.InRange(refused.Length, 5, 20);
        Assert.Equal(answers.Length, refused.Length + answers.Count(answer => answer.IsSuccessStatusCode));
        Assert.Equal("The key 'sixtyaminute' is good for 60 requests a minute on each silo, and has had more; send the next one later.", await refused[0].Problem("too-many-requests"));
        var wait = Assert.NotNull(refused[0].Headers.RetryAfter?.Delta);
        Assert.Equal(TimeSpan.FromSeconds(1), wait);

        await Task.Delay(wait);
        using var later = await http.GetAsync("sweeps");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task What_a_key_may_not_do_counts_too()
    {
        using var http = await silo.Connect("onlyoneaminute", Role.Read, perMinute: 1);

        using var refused = await http.GetAsync("keys");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var next = await http.GetAsync("sweeps");
        Assert.Equal(HttpStatusCode.TooManyRequests, next.StatusCode);
        Assert.InRange(Assert.NotNull(next.Headers.RetryAfter?.Delta), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task One_keys_requests_do_not_count_for_another()
    {
        using var first = await silo.Connect("firstofboth", Role.Read, perMinute: 1);
        using var second = await silo.Connect("secondofboth", Role.Read, perMinute: 1);

        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("sweeps")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await first.GetAsync("sweeps")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("sweeps")).StatusCode);
    }

    [Fact]
    public async Task A_caller_without_a_key_on_this_machine_is_not_limited_by_rate()
    {
        using var own = silo.Connect();

        for (var i = 0; i < 1_000; i++)
        {
            using var answer = await own.GetAsync("cluster");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
