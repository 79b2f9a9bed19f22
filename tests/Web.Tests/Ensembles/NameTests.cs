using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Ensembles;

/// <summary>The names that are enrolled with ensembles.</summary>
public sealed class NameTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    [Fact]
    public async Task An_ensemble_without_names_has_an_empty_list_and_one_that_does_not_exist_has_none()
    {
        await silo.Train();
        using var http = silo.Connect();

        var names = await http.GetFromJsonAsync<JsonElement>($"ensembles/{ApiSilo.Ensemble}/names");
        using var unknown = await http.GetAsync("ensembles/nobody/names");

        Assert.Equal(0, names.GetProperty("names").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("There is no ensemble 'nobody'; GET ensembles lists all.", await unknown.Problem("not-found"));
    }
}
