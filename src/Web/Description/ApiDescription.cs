using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Siamese.Web.Problems;

namespace Siamese.Web.Description;

/// <summary>The API's description by OpenAPI 3.1, made from the operations themselves, and a page on which to try them. Neither needs a key.</summary>
internal static class ApiDescription
{
    /// <summary>Name of the security scheme in the document.</summary>
    public const string Key = "key";

    /// <summary>Name of the document.</summary>
    public const string Version = "v1";

    private const string MediaType = "application/json; charset=utf-8";

    /// <summary>The page's scripts carry a number that is new with every answer; nothing comes from elsewhere, and nothing goes there.</summary>
    private static string PagePolicy(string number) => $"default-src 'none'; script-src 'nonce-{number}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddApiDescription(this IServiceCollection services) => services.AddSingleton<DescriptionText>().AddOpenApi(Version, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = operation => operation.RelativePath?.Contains("api/v1/", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = SchemaNames.Of;
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(OperationDescription.Complete);
        options.AddSchemaTransformer(SchemaDescription.Correct);
    });

    /// <summary>Maps the document and the page.</summary>
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet($"/openapi/{Version}.json", async (DescriptionText description, CancellationToken left) => TypedResults.Bytes(await description.Read(left), MediaType))
            .WithMetadata(new AllowAnonymousAttribute());
        group.MapScalarApiReference("/docs", options => options
                .WithTitle("Siamese")
                .WithOpenApiRoutePattern("../openapi/{documentName}.json")
                .AddDocument(Version)
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .HideDeveloperTools()
                .WithNonce())
            .AddEndpointFilter(Protect)
            .WithMetadata(new AllowAnonymousAttribute());
    }

    private static async ValueTask<object?> Protect(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.OnStarting(() =>
        {
            if (http.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
                http.Response.Headers.ContentSecurityPolicy = PagePolicy(nonce);
            return Task.CompletedTask;
        });
        return await next(context);
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Siamese",
            Version = Version,
            Description = "Ask ensembles of Siamese networks whether two images show the same, teach them, and train them. "
                + "Errors are problem objects (RFC 9457) whose types stay the same: "
                + $"{string.Join(", ", ProblemKind.All.Select(kind => $"`{kind.Uri}` ({kind.Status})"))}.",
        };
        // Relative to the document's own address, so it holds behind any proxy.
        document.Servers = [new OpenApiServer { Url = ".." }];
        document.Tags = document.Paths.SelectMany(path => path.Value.Operations!.Values).SelectMany(operation => operation.Tags!).Select(tag => tag.Reference.Id!).Distinct().Select(name => new OpenApiTag { Name = name }).ToHashSet();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key that an administrator made with `client keys add`." },
        };
        HyperparameterSchemas.DescribeSpaces(document);
        return Task.CompletedTask;
    }
}
