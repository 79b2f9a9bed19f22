using System.Net.Http.Json;
using System.Text.Json;

namespace Siamese.Web.Tests.Silos;

/// <summary>Reads answers of the API.</summary>
internal static class Answers
{
    /// <summary>The sentences of a problem, whose type and status are checked.</summary>
    public static async Task<string> Problem(this HttpResponseMessage answer, string type)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"urn:siamese:problem:{type}", problem.GetProperty("type").GetString());
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        return problem.GetProperty("detail").GetString()!;
    }
}
