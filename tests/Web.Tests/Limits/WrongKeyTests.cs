using System.Net;
using System.Net.Http.Headers;
using Siamese.Contracts.Access;
using Siamese.Web.Limits;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Limits;

/// <summary>Somebody guesses keys. The class has a silo of its own, because that counts for all keys that are new at the address.</summary>
public sealed class WrongKeyTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    [Fact]
    public async Task Wrong_keys_of_an_address_are_refused_before_the_cluster_is_asked_and_others_are_answered()
    {
        using var known = await silo.Connect("knownbefore", Role.Read);
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("sweeps")).StatusCode);
        using var guessing = silo.Connect();
        var asked = silo.Calls.Of(nameof(IKeyGrain.Admit));

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 100; i++)
        {
            guessing.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"siamese_knownbefore_{i:x64}");
            using var answer = await guessing.GetAsync("sweeps");
            answers.Add(answer.StatusCode);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests)
                await answer.Problem("too-many-requests");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, answers[RateLimits.WrongKeysPerMinute - 1]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        // One more is due every two seconds.
        Assert.InRange(silo.Calls.Of(nameof(IKeyGrain.Admit)) - asked, RateLimits.WrongKeysPerMinute, 60);
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("sweeps")).StatusCode);
        using var own = silo.Connect();
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync("sweeps")).StatusCode);
    }
}
