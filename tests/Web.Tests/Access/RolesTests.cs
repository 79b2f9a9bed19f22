using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Page;
using Siamese.Web.Access;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Access;

/// <summary>Every key with every operation, as they are mapped: a new operation is tested by itself.</summary>
public sealed partial class RolesTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private static readonly IReadOnlyList<(string Method, string Address, Role Needs)> _operations = Operations();

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (method, address, _) in _operations)
                all.Add(method, address);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_operation_is_refused_without_a_key_and_to_roles_below_its_own(string method, string address)
    {
        using var stranger = silo.Connect();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "aXQ6aXM=");
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(stranger, method, address));
        var needs = _operations.Single(operation => operation.Method == method && operation.Address == address).Needs;
        foreach (var role in Enum.GetValues<Role>())
        {
            using var http = await Holder(role);
            var status = await Ask(http, method, address);

            Assert.True((status is HttpStatusCode.Forbidden) == (role < needs), $"{role}: {(int)status}");
            Assert.NotEqual(HttpStatusCode.Unauthorized, status);
            // Whatever is asked without a body, about things that do not exist, is answered as such.
            Assert.True((int)status < 500, $"{role}: {(int)status}");
        }
    }

    [Fact]
    public void There_are_operations_for_each_role() => Assert.Equal(Enum.GetValues<Role>().Order(), _operations.Select(operation => operation.Needs).Distinct().Order());

    /// <summary>The files of pages, the description, its page, and the form with which a browser signs in.</summary>
    [Fact]
    public void Without_a_key_there_is_nothing_else()
    {
        using var app = Application();
        app.MapSiamese().MapSiamesePage();
        var open = Endpoints(app).OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').Split('/')[0]);

        Assert.Equal(["assets", "docs", "openapi", "sign-in", "sign-out"], open.Distinct().Order());
    }

    [Fact]
    public void An_operation_without_a_role_cannot_be_mapped()
    {
        using var app = Application();
        var group = app.MapSiamese();
        group.MapGet("/open", () => "for everyone");

        var refusal = Assert.Throws<InvalidOperationException>(() => Endpoints(app).ToArray());

        Assert.Contains("states no role; add [Needs].", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<HttpClient> Holder(Role role)
    {
        var id = Guid.NewGuid().ToString("N");
        return await silo.Connect(id, role);
    }

    private static async Task<HttpStatusCode> Ask(HttpClient http, string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(http.BaseAddress!, address));
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static IReadOnlyList<(string Method, string Address, Role Needs)> Operations()
    {
        using var app = Application();
        app.MapSiamese().MapSiamesePage();
        return
        [
            .. from endpoint in Endpoints(app).OfType<RouteEndpoint>()
               where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
               let address = Parameter().Replace(endpoint.RoutePattern.RawText!, parameter => parameter.Value.EndsWith(":int}", StringComparison.Ordinal) ? "1" : "nobody")
               select (method, address, endpoint.Metadata.GetMetadata<NeedsAttribute>()!.Role),
        ];
    }

    private static WebApplication Application()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSiameseApi();
        return builder.Build();
    }

    private static IEnumerable<Microsoft.AspNetCore.Http.Endpoint> Endpoints(IEndpointRouteBuilder app) => app.DataSources.SelectMany(source => source.Endpoints);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
