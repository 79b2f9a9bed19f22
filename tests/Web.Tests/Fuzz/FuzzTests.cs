using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Siamese.Web.Tests.GeneratedClient;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Fuzz;

/// <summary>Requests that are nearly those of the API's operations, to all of them, from a fixed seed.</summary>
public sealed class FuzzTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private const int Requests = 10_000;
    private const int AtOnce = 8;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Whatever_is_sent_is_answered_soon_and_every_error_is_a_documented_problem()
    {
        await silo.Train();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = _patience };
        var document = OpenApiDocument.Parse(await http.GetStringAsync(new Uri(silo.Address, "openapi/v1.json")), OpenApiConstants.Json).Document!;
        var requests = new RandomRequests(document, seed: 1);
        var (faults, answered) = (new List<string>(), new Dictionary<HttpStatusCode, int>());

        for (var sent = 0; sent < Requests; sent += AtOnce)
        {
            foreach (var (status, fault) in await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Send(http, requests.Next(silo.Address)))))
            {
                answered[status] = answered.GetValueOrDefault(status) + 1;
                if (fault is not null)
                    faults.Add(fault);
            }
        }

        var logged = silo.Log.GetSnapshot().Where(line => line.Level is LogLevel.Error).Select(line => $"{line.Message} {line.Exception}").Distinct();
        Assert.True(faults.Count == 0, $"{faults.Count} answers, such as:\n{string.Join('\n', faults.Distinct().Take(10))}\n{string.Join('\n', logged.Take(3))}");
        // Else the requests are too odd to reach what they are meant for.
        Assert.All([HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnsupportedMediaType], status => Assert.True(answered.GetValueOrDefault(status) > Requests / 200, $"{status}: {answered.GetValueOrDefault(status)}"));
    }

    /// <summary>What is wrong with a status that the operation is not described with; null if it is, or if the address leads elsewhere, as with `..` in it.</summary>
    private static async Task<string?> Undocumented(HttpRequestMessage request, HttpResponseMessage answer)
    {
        if (Documented.Find(request) is not { } operation || operation.Statuses.Contains((int)answer.StatusCode) || answer.StatusCode is HttpStatusCode.MethodNotAllowed)
            return null;
        var problem = await answer.Content.ReadAsStringAsync();
        return problem.Contains("There is nothing at", StringComparison.Ordinal) ? null : $"is not documented for {operation.Name}: {problem}";
    }

    private static async Task<(HttpStatusCode Status, string? Fault)> Send(HttpClient http, HttpRequestMessage request)
    {
        var what = $"{request.Method} {request.RequestUri!.PathAndQuery}: ";
        try
        {
            // A stream of events would not end.
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var type = answer.Content.Headers.ContentType?.MediaType;
            var isProblem = type == "application/problem+json" || request.Method == HttpMethod.Head;
            // What is not valid HTTP never reaches the API.
            var isOfServer = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge && answer.Content.Headers.ContentLength == 0;
            string? fault = answer.StatusCode switch
            {
                < HttpStatusCode.BadRequest => null,
                HttpStatusCode.ServiceUnavailable when answer.Headers.RetryAfter is null => "no Retry-After",
                >= HttpStatusCode.InternalServerError and not HttpStatusCode.ServiceUnavailable => await answer.Content.ReadAsStringAsync(),
                _ when isOfServer => null,
                _ => isProblem ? await Undocumented(request, answer) : $"no problem but {type}",
            };
            return (answer.StatusCode, fault is null ? null : $"{what}{(int)answer.StatusCode} {fault}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return (0, $"{what}{e.GetType().Name}: {e.Message}");
        }
        finally
        {
            request.Dispose();
        }
    }
}
