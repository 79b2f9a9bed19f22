using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Siamese.Contracts;
using Siamese.Web.Description;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts;

/// <summary>Reads a question from a form: the files `first`, `second` and `reference`, each with `…Strokes` if there are pen strokes, and a field for each term.</summary>
internal static class VerdictForm
{
    public const string MediaType = "multipart/form-data";

    private static readonly HashSet<string> _files = ["first", "second", "reference", "firstStrokes", "secondStrokes", "referenceStrokes"];
    private static readonly HashSet<string> _fields = ["enrolled", "ensemble", "version", "prior", "unsure", "disagreement", "maxFar", "maxFrr", "novelty"];

    /// <summary>Describes the form, whose files take the place of images in base64.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var file = BinaryBodies.Schema();
        var several = new OpenApiSchema { Type = JsonSchemaType.Array, Items = file };
        var properties = _files.ToDictionary(name => name, name => name.StartsWith("reference", StringComparison.Ordinal) ? several : (IOpenApiSchema)file);
        foreach (var field in _fields)
            properties.Add(field, new OpenApiSchema { Type = field is "version" ? JsonSchemaType.Integer : field is "enrolled" or "ensemble" or "unsure" ? JsonSchemaType.String : JsonSchemaType.Number });
        operation.RequestBody!.Content![MediaType] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = properties, Required = new HashSet<string> { "first" }, Description = "The same as in JSON; `unsure` is two numbers with a comma between them." },
        };
        return Task.CompletedTask;
    }

    /// <exception cref="ProblemException">It is too large, or cannot be read.</exception>
    /// <exception cref="BadInputException">A file is missing, or a field is unknown or not a number.</exception>
    public static async Task<VerdictRequest> Read(HttpRequest request)
    {
        request.Limit(VerdictEndpoints.MaximumBody);
        var form = await ReadForm(request);
        if (form.Files.Select(file => file.Name).FirstOrDefault(name => !_files.Contains(name)) is { } odd)
            throw new BadInputException($"There is no file '{PlainText.Of(odd)}' in the form; use {string.Join(", ", _files)}.");
        if (form.Keys.FirstOrDefault(name => !_fields.Contains(name)) is { } unknown)
            throw new BadInputException($"There is no field '{PlainText.Of(unknown)}' in the form; use {string.Join(", ", _fields)}.");
        var fields = new FormFields(form);
        var references = await fields.Images("reference");
        return new VerdictRequest(
            await fields.Image("first") ?? throw new BadInputException("The file 'first' is missing."),
            await fields.Image("second"),
            references.Length == 0 ? null : [.. references],
            fields.Text("enrolled"),
            fields.Text("ensemble"),
            fields.Whole("version"),
            fields.Number("prior"),
            fields.Text("unsure")?.Split(',').Select(part => FormFields.Number("unsure", part)).ToArray(),
            fields.Number("disagreement"),
            fields.Number("maxFar"),
            fields.Number("maxFrr"),
            fields.Number("novelty"));
    }

    private static async Task<IFormCollection> ReadForm(HttpRequest request)
    {
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new ProblemException(ProblemKind.Malformed, $"The form cannot be read: {e.Message}");
        }
    }
}
