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
    /// <summary>Name of the schema of problems.</summary>
    public const string ProblemSchema = "Problem";

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
        foreach (var (status, kinds) in Problems(operation, action.EndpointMetadata).GroupBy(kind => kind.Status).Select(group => (group.Key, group.ToArray())))
            AddProblem(operation, context.Document!, status, kinds);
        return Task.CompletedTask;
    }

    /// <summary>What can go wrong. All operations but those without arguments can get values that are not valid.</summary>
    private static IEnumerable<ProblemKind> Problems(OpenApiOperation operation, IList<object> metadata)
    {
        var stated = metadata.OfType<IProducesResponseTypeMetadata>().Select(produced => produced.StatusCode).ToHashSet();
        var hasBody = operation.RequestBody is not null;
        var hasValues = hasBody || operation.Parameters is { Count: > 0 };
        return ProblemKind.All.Where(kind => kind.Status switch
        {
            StatusCodes.Status400BadRequest => hasValues,
            StatusCodes.Status404NotFound => operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Path) == true || stated.Contains(kind.Status),
            StatusCodes.Status405MethodNotAllowed => false,
            StatusCodes.Status409Conflict => stated.Contains(kind.Status),
            StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType => hasBody,
            StatusCodes.Status422UnprocessableEntity => hasValues,
            _ => true,
        });
    }

    private static void AddProblem(OpenApiOperation operation, OpenApiDocument document, int status, ProblemKind[] kinds)
    {
        operation.Responses ??= [];
        operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
        {
            Description = $"{string.Join(", or: ", kinds.Select(kind => kind.Title))}.",
            Headers = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
                ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = new OpenApiHeader { Description = "Seconds after which to try again.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } } }
                : null,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ProblemSchema, document) },
            },
        };
    }
}
