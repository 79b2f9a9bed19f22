using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Siamese.Contracts.Tuning;
using Siamese.Web.Access;
using Siamese.Web.Problems;

namespace Siamese.Web.Description;

/// <summary>Adds to an operation's description what all operations have in common: its role, its problems, and bodies that are a file.</summary>
internal static class OperationDescription
{
    /// <summary>Parameters that mean the same everywhere.</summary>
    private static readonly Dictionary<string, string> _parameters = new()
    {
        ["ensemble"] = "Name of the ensemble.",
        ["version"] = "Version of the ensemble, 1 and up.",
        ["sweep"] = "Name of the sweep.",
        ["trial"] = "Id of the trial.",
        ["name"] = "The enrolled name.",
        ["id"] = "Id of the key.",
        ["default"] = "Whether verdicts that name no ensemble use this one from now on, until another is formed; `false` by default.",
        ["Idempotency-Key"] = "1 to 255 characters that you invent for this request: if you repeat it, it is not done twice.",
        ["Last-Event-ID"] = "Id of the last event that you know: you get those after it. All without it.",
    };

    public static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var action = context.Description.ActionDescriptor;
        var method = action.EndpointMetadata.OfType<MethodInfo>().Last();
        var group = method.DeclaringType!.Name.Replace("Endpoints", "", StringComparison.Ordinal);
        operation.OperationId = $"{group}_{method.Name}";
        operation.Tags = new HashSet<OpenApiTagReference> { new(method.DeclaringType.Namespace!.Split('.')[^1], context.Document) };
        if (method.GetCustomAttribute<NeedsAttribute>() is { } needs)
        {
            operation.Description = $"{operation.Description} Needs the right to {Words.Of(needs.Role)}.".Trim();
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDescription.Key, context.Document)] = [] }];
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            parameter.Description ??= _parameters.GetValueOrDefault(parameter.Name!);
        if (action.EndpointMetadata.OfType<BinaryBodies.FileBody>().LastOrDefault() is { } file)
            operation.RequestBody = file.Describe();
        var responses = operation.Responses!;
        if (action.EndpointMetadata.OfType<BinaryBodies.FileAnswer>().LastOrDefault() is { } answer)
            responses["200"] = answer.Describe();
        foreach (var created in responses.Where(response => response.Key is "201" or "202").Select(response => response.Value).OfType<OpenApiResponse>())
            created.Headers = Header("Location", "Address of what was created, relative to the address of the request.", JsonSchemaType.String);
        foreach (var (status, kinds) in Problems(operation, action.EndpointMetadata).GroupBy(kind => kind.Status).Select(group => (group.Key, group.ToArray())))
            responses[status.ToString(CultureInfo.InvariantCulture)] = Describe(context.Document!, status, kinds);
        operation.Responses = [];
        foreach (var (status, response) in responses.OrderBy(response => response.Key, StringComparer.Ordinal))
            operation.Responses.Add(status, response);
        return Task.CompletedTask;
    }

    /// <summary>
    /// What can go wrong. Every operation refuses unknown names in the query. What has a name in the address may not exist, and
    /// what is in a body may not be valid. The mapping of an operation says if that is not so, or if more can go wrong.
    /// </summary>
    private static IEnumerable<ProblemKind> Problems(OpenApiOperation operation, IList<object> metadata)
    {
        var stated = metadata.OfType<IProducesResponseTypeMetadata>().Select(produced => produced.StatusCode).ToHashSet();
        var never = metadata.OfType<NeverFails>().Select(fails => fails.Status).ToHashSet();
        var hasBody = operation.RequestBody is not null;
        return ProblemKind.All.Where(kind => !never.Contains(kind.Status) && (stated.Contains(kind.Status) || kind.Status switch
        {
            StatusCodes.Status404NotFound => operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Path) == true,
            StatusCodes.Status405MethodNotAllowed or StatusCodes.Status409Conflict => false,
            StatusCodes.Status413PayloadTooLarge or StatusCodes.Status422UnprocessableEntity => hasBody,
            // A body that is an image is taken whatever its media type is.
            StatusCodes.Status415UnsupportedMediaType => metadata.OfType<IAcceptsMetadata>().Any(),
            _ => true,
        }));
    }

    private static OpenApiResponse Describe(OpenApiDocument document, int status, ProblemKind[] kinds) => new()
    {
        Description = $"{string.Join(", or: ", kinds.Select(kind => kind.Title))}.",
        Headers = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            ? Header("Retry-After", "Seconds after which to try again.", JsonSchemaType.Integer)
            : null,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(SchemaNames.Problem, document) },
        },
    };

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description, JsonSchemaType type) =>
        new() { [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } } };
}
