using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Siamese.Testing;
using Siamese.Web.Description;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests;

/// <summary>The API's description.</summary>
public sealed class DescriptionTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    /// <summary>Set to write the description to the repository instead of comparing it.</summary>
    private const string Write = "SIAMESE_WRITE_OPENAPI";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string _file = Path.Combine(Built.Repository, "docs", "openapi.json");

    [Fact]
    public async Task The_description_in_the_repository_is_the_one_that_is_served()
    {
        var served = JsonNode.Parse(await Get("openapi/v1.json"))!.ToJsonString(_indented) + "\n";
        if (Environment.GetEnvironmentVariable(Write) is not null)
            await File.WriteAllTextAsync(_file, served);

        Assert.True(await File.ReadAllTextAsync(_file) == served, $"The API has changed; write docs/openapi.json with: {Write}=1 dotnet test -c Release tests/Web.Tests --filter {nameof(DescriptionTests)}");
    }

    [Fact]
    public async Task The_description_is_valid_OpenApi()
    {
        var read = OpenApiDocument.Parse(await Get("openapi/v1.json"), OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public async Task The_description_is_made_once()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSiameseApi();
        await using var app = builder.Build();
        var description = app.Services.GetRequiredService<DescriptionText>();

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => description.Read(CancellationToken.None).AsTask()));

        Assert.All(all, text => Assert.Same(all[0], text));
        Assert.StartsWith("{", Encoding.UTF8.GetString(all[0]), StringComparison.Ordinal);
    }

    /// <summary>Every operation says what it does, which right it needs, and what it answers.</summary>
    [Fact]
    public async Task Every_operation_is_described()
    {
        var document = OpenApiDocument.Parse(await Get("openapi/v1.json"), OpenApiConstants.Json).Document!;
        var operations = document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Name: $"{operation.Key} {path.Key}", operation.Value))).ToArray();

        Assert.True(operations.Length > 20);
        Assert.All(operations, operation =>
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.Value.Summary), $"{operation.Name} has no summary.");
            Assert.Contains("Needs the right to", operation.Value.Description, StringComparison.Ordinal);
            Assert.All(operation.Value.Parameters ?? [], parameter => Assert.False(string.IsNullOrWhiteSpace(parameter.Description), $"{operation.Name}: '{parameter.Name}' is not described."));
            Assert.All(["401", "403", "429", "503"], status => Assert.Contains(status, operation.Value.Responses!.Keys));
        });
        Assert.Equal(operations.Length, operations.DistinctBy(operation => operation.Value.OperationId).Count());
    }

    [Fact]
    public async Task The_page_to_try_the_API_loads_nothing_from_elsewhere()
    {
        using var http = new HttpClient { BaseAddress = silo.Address };
        using var answer = await http.GetAsync("docs/");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'nonce-", policy, StringComparison.Ordinal);
    }

    private async Task<string> Get(string path)
    {
        using var http = new HttpClient { BaseAddress = silo.Address };
        return await http.GetStringAsync(path);
    }
}
