using System.Net.Http.Headers;
using System.Text;
using Siamese.Contracts.Access;
using Siamese.Web.Limits;
using Siamese.Web.Problems;
using Siamese.Web.Tests.Silos;
using Problem = Siamese.ApiClient.Models.Problem;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Every documented error of every operation reaches the user of the generated client as the exception that was generated for it.</summary>
[Collection(OneClientSilo.Name)]
public sealed class ProblemTests(ClientSilo silo)
{
    private const int Busy = 503;

    private static readonly RequestLimits _limits = new();
    private static readonly HashSet<string> _withRetryAfter = ["too-many-requests", "busy"];

    public static TheoryData<string, int> All
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var operation in Documented.All)
            {
                foreach (var status in operation.Errors.Where(status => status != Busy))
                    all.Add(operation.Name, status);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_documented_error_is_an_exception_with_its_type_and_what_to_do(string operation, int status)
    {
        var documented = Documented.Named(operation);
        var names = await silo.Existing();
        switch (status)
        {
            case 400:
                await Fails(documented, names, "malformed", request => request.RequestUri = new Uri($"{request.RequestUri}{(request.RequestUri!.Query.Length > 0 ? "&" : "?")}unknown=1"));
                if (documented.HasJson)
                    await Fails(documented, names, "malformed", request => request.Content = new StringContent("{", Encoding.UTF8, "application/json"));
                break;
            case 401:
                // Else too many wrong keys come from this address.
                await silo.Client(new(), await silo.NewKey(Role.Read)).Api.V1.Cluster.GetAsync();
                await Fails(documented, names, "no-key", key: "siamese_mistyped_00");
                break;
            case 403 when documented.Needs is Role.Read:
                await Fails(documented, names, "not-allowed", request => request.Headers.Host = "evil.example");
                break;
            case 403:
                await Fails(documented, names, "not-allowed", key: await silo.NewKey(documented.Needs - 1));
                break;
            case 404:
                await Fails(documented, names.Unknown, "not-found");
                break;
            case 409:
                await Fails(documented, "conflict", await Provocations.Conflict(operation, silo, names));
                break;
            case 413:
                await Fails(documented, names, "too-large", HugeBody.PutInto);
                break;
            case 415:
                await Fails(documented, names, "wrong-media-type", request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain"));
                break;
            case 422:
                await Fails(documented, "invalid", await Provocations.Invalid(operation, silo, names));
                break;
            case 429:
                var spent = await silo.NewKey(Role.Administer, perMinute: 1);
                await silo.Client(new(), spent).Api.V1.Cluster.GetAsync();
                await Fails(documented, names, "too-many-requests", key: spent);
                break;
            case 500:
                var reaching = await Provocations.Reaching(operation, silo, names);
                await WithFault(() => Fails(documented, "broken", reaching));
                break;
            default:
                Assert.Fail($"Nobody knows how to make {operation} answer with {status}.");
                break;
        }
    }

    /// <summary>For all operations at a time, because it takes hundreds of requests to take all places.</summary>
    [Fact]
    public async Task An_operation_without_a_place_is_an_exception_with_its_type_and_what_to_do()
    {
        var names = await silo.Existing();
        var key = await silo.NewKey(Role.Administer);
        await WithAllPlacesTaken(key, async () =>
        {
            foreach (var operation in Documented.All)
            {
                Assert.Contains(Busy, operation.Errors);
                await Fails(operation, names, "busy", key: key);
            }
        });
    }

    private Task Fails(Documented operation, Names names, string type, Action<HttpRequestMessage>? change = null, string? key = null) =>
        Fails(operation, type, client => Asks.Of(operation.Name)(client, names), change, key);

    private async Task Fails(Documented operation, string type, Func<ApiClient.SiameseClient, Task> ask, Action<HttpRequestMessage>? change = null, string? key = null)
    {
        var wire = new Wire(change);
        var client = silo.Client(wire, key);
        var kind = ProblemKind.All.Single(kind => kind.Type == type);

        var problem = await Assert.ThrowsAsync<Problem>(() => ask(client));

        Assert.Equal([(operation.Name, kind.Status)], wire.Answers);
        Assert.Equal((kind.Status, kind.Status, kind.Uri, kind.Title), (problem.ResponseStatusCode, problem.Status, problem.Type, problem.Title));
        Assert.False(string.IsNullOrWhiteSpace(problem.Detail));
        Assert.Equal(problem.Detail, problem.Message);
        Assert.Equal(_withRetryAfter.Contains(type), problem.ResponseHeaders.ContainsKey("Retry-After"));
    }

    private async Task WithFault(Func<Task> ask)
    {
        silo.Calls.Fault = _ => Calls.IsFromOutside ? new InvalidOperationException("invented by a test") : null;
        try
        {
            await ask();
        }
        finally
        {
            silo.Calls.Fault = null;
        }
    }

    private async Task WithAllPlacesTaken(string key, Func<Task> ask)
    {
        using var http = silo.Connect();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var left = new CancellationTokenSource();
        Task[] waiting =
        [
            .. Enumerable.Range(0, _limits.RequestsOfOne).Select(_ => http.GetAsync($"sweeps/{Calls.Slow}", left.Token)),
            .. Enumerable.Range(0, _limits.StreamsOfOne).Select(_ => http.GetAsync($"sweeps/{Calls.Slow}/events", left.Token)),
        ];
        await Until.Holds(() => silo.Calls.Waiting == waiting.Length);
        try
        {
            await ask();
        }
        finally
        {
            await left.CancelAsync();
            await Until.Holds(() => silo.Calls.Waiting == 0);
            await Task.WhenAll(waiting.Select(one => one.ContinueWith(_ => { }, TaskScheduler.Default)));
        }
    }
}
