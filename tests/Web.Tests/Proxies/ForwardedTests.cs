using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Siamese.Web.Limits;

namespace Siamese.Web.Tests.Proxies;

/// <summary>Who sent a request, as a proxy says, by the wrong keys that each address may try.</summary>
public sealed class ForwardedTests(SiloBehindProxy silo, SiloBehindAnotherProxy another) : IClassFixture<SiloBehindProxy>, IClassFixture<SiloBehindAnotherProxy>
{
    private const int Tries = 2 * RateLimits.WrongKeysPerMinute;

    [Fact]
    public async Task Limits_are_those_of_the_address_that_the_proxy_states()
    {
        using var http = silo.Connect();

        Assert.Contains(HttpStatusCode.TooManyRequests, await Guess(http, _ => "203.0.113.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Guess(http, "203.0.113.2", Tries));
    }

    [Fact]
    public async Task What_others_state_is_not_believed()
    {
        using var http = another.Connect();

        Assert.Contains(HttpStatusCode.TooManyRequests, await Guess(http, i => $"203.0.113.{i}"));
    }

    private static async Task<List<HttpStatusCode>> Guess(HttpClient http, Func<int, string> from)
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < Tries; i++)
            answers.Add(await Guess(http, from(i), i));
        return answers;
    }

    private static async Task<HttpStatusCode> Guess(HttpClient http, string from, int key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "sweeps") { Headers = { { "X-Forwarded-For", from } } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", string.Create(CultureInfo.InvariantCulture, $"siamese_guessed_{key:x64}"));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
