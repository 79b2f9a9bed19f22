using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Inference;

/// <summary>Ensembles are models of the Open Inference Protocol.</summary>
public sealed class InferenceTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Pairs_are_judged_as_elsewhere()
    {
        await silo.Train();
        var images = await silo.Images(3);
        var expected = await silo.Grains.GetGrain<IVerdictGrain>(ApiSilo.Ensemble).Judge(images[0], images[1], new() { Prior = 0.3 }, CancellationToken.None);

        using var answer = await Infer(new { id = "one", parameters = new { prior = 0.3 }, inputs = new[] { Input("first", images[0], images[1]), Input("second", images[1], images[2]) } });

        var document = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((ApiSilo.Ensemble, "one"), (document.GetProperty("model_name").GetString(), document.GetProperty("id").GetString()));
        Assert.Equal($"{expected.Version}", document.GetProperty("model_version").GetString());
        var outputs = document.GetProperty("outputs").EnumerateArray().ToArray();
        Assert.Equal(["same_probability FP64", "distance FP64", "verdict BYTES"], outputs.Select(output => $"{output.GetProperty("name")} {output.GetProperty("datatype")}"));
        Assert.All(outputs, output => Assert.Equal((2, 2), (output.GetProperty("shape")[0].GetInt32(), output.GetProperty("data").GetArrayLength())));
        Assert.Equal(expected.Probability, outputs[0].GetProperty("data")[0].GetDouble(), 1e-4);
        Assert.Equal(expected.Distance, outputs[1].GetProperty("data")[0].GetDouble(), 1e-4);
        Assert.Equal(expected.Answer.ToString(), outputs[2].GetProperty("data")[0].GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task Only_the_outputs_that_are_asked_for_are_in_the_answer()
    {
        await silo.Train();
        var images = await silo.Images(2);

        using var answer = await Infer(new { outputs = new[] { new { name = "verdict" } }, inputs = new[] { Input("first", images[0]), Input("second", images[1]) } }, "/versions/1");

        var document = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("1", document.GetProperty("model_version").GetString());
        Assert.Equal("verdict", Assert.Single(document.GetProperty("outputs").EnumerateArray().ToArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("v2", "name")]
    [InlineData("v2/health/live", "live")]
    [InlineData("v2/health/ready", "ready")]
    [InlineData("v2/models/trained", "inputs")]
    [InlineData("v2/models/trained/versions/1", "outputs")]
    [InlineData("v2/models/trained/ready", "ready")]
    [InlineData("v2/models/trained/versions/1/ready", "ready")]
    public async Task Server_and_models_say_what_they_are(string address, string property)
    {
        await silo.Train();

        Assert.True((await _http.GetFromJsonAsync<JsonElement>(address)).TryGetProperty(property, out _));
    }

    [Theory]
    [InlineData("v2/models/nobody", 404, "There is no model 'nobody'")]
    [InlineData("v2/models/trained/versions/99", 404, "There is no model 'trained', or not in this version")]
    [InlineData("v2/models/nobody/ready", 404, "There is no ensemble 'nobody'")]
    public async Task What_is_not_there_is_an_error_of_the_protocol(string address, int status, string sentence)
    {
        await silo.Train();
        using var answer = await _http.GetAsync(address);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(sentence, await Error(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 400, "not as described")]
    [InlineData("""{ "inputs": [] }""", 422, "The input 'first' is missing")]
    [InlineData("""{ "inputs": [null] }""", 422, "is null")]
    [InlineData("""{ "inputs": [{ "name": "third", "shape": [1], "datatype": "BYTES", "data": ["AAAA"] }] }""", 422, "There is no input 'third'")]
    [InlineData("""{ "inputs": [{ "name": "first", "shape": [2], "datatype": "BYTES", "data": ["AAAA"] }, { "name": "second", "shape": [1], "datatype": "BYTES", "data": ["AAAA"] }] }""", 422, "has the shape [2] and 1 elements")]
    [InlineData("""{ "inputs": [{ "name": "first", "shape": [1], "datatype": "FP32", "data": ["AAAA"] }, { "name": "second", "shape": [1], "datatype": "BYTES", "data": ["AAAA"] }] }""", 422, "has the datatype 'FP32'")]
    [InlineData("""{ "inputs": [{ "name": "first", "shape": [1], "datatype": "BYTES", "data": ["AAAA"] }, { "name": "second", "shape": [1], "datatype": "BYTES", "data": ["AAAA"] }] }""", 422, "first 1")]
    [InlineData("""{ "outputs": [{ "name": "luck" }], "inputs": [] }""", 422, "There is no output 'luck'")]
    public async Task A_request_that_is_not_valid_is_an_error_of_the_protocol(string body, int status, string sentence)
    {
        await silo.Train();
        using var content = new StringContent(body, null, "application/json");
        using var answer = await _http.PostAsync($"v2/models/{ApiSilo.Ensemble}/infer", content);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(sentence, await Error(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_valid_is_an_error_of_the_protocol()
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "siamese_unknown00_00");
        using var answer = await _http.GetAsync("v2/models/trained");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("The key is not valid", await Error(answer), StringComparison.Ordinal);
    }

    private static object Input(string name, params ImageFile[] images) =>
        new { name, shape = new[] { images.Length }, datatype = "BYTES", data = images.Select(image => Convert.ToBase64String(image.Bytes.AsSpan())) };

    private Task<HttpResponseMessage> Infer(object request, string version = "") => _http.PostAsJsonAsync($"v2/models/{ApiSilo.Ensemble}{version}/infer", request);

    private static async Task<string> Error(HttpResponseMessage answer)
    {
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
    }
}
