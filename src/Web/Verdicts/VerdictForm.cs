using System.Globalization;
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
        var references = form.Files.GetFiles("reference");
        var strokes = form.Files.GetFiles("referenceStrokes");
        if (strokes.Count != 0 && strokes.Count != references.Count)
            throw new BadInputException($"There are {references.Count} files 'reference' and {strokes.Count} files 'referenceStrokes'; send as many of both, in the same order.");
        return new VerdictRequest(
            await Image(form, "first") ?? throw new BadInputException("The file 'first' is missing."),
            await Image(form, "second"),
            references.Count == 0 ? null : [.. await Task.WhenAll(references.Select((file, i) => Image(file, strokes.Count == 0 ? null : strokes[i])))],
            Text(form, "enrolled"),
            Text(form, "ensemble"),
            Text(form, "version") is { } version ? Whole("version", version) : null,
            Number(form, "prior"),
            Text(form, "unsure")?.Split(',').Select(part => Number("unsure", part)).ToArray(),
            Number(form, "disagreement"),
            Number(form, "maxFar"),
            Number(form, "maxFrr"),
            Number(form, "novelty"));
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

    private static async Task<ImageDocument?> Image(IFormCollection form, string name) =>
        form.Files.GetFiles(name).Count > 1 ? throw new BadInputException($"The file '{name}' is there more than once; several references are files 'reference'.") :
        form.Files.GetFile(name) is { } file ? await Image(file, form.Files.GetFile($"{name}Strokes")) : null;

    private static async Task<ImageDocument> Image(IFormFile file, IFormFile? strokes) =>
        new(await Bytes(file), file.FileName is { Length: > 0 } name ? PlainText.Of(name) : null, strokes is null ? null : await Bytes(strokes));

    private static async Task<byte[]> Bytes(IFormFile file)
    {
        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static string? Text(IFormCollection form, string name) => form[name] switch
    {
        [] => null,
        [{ } one] => one,
        _ => throw new BadInputException($"The field '{name}' is stated more than once."),
    };

    private static double? Number(IFormCollection form, string name) => Text(form, name) is { } text ? Number(name, text) : null;

    private static double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new BadInputException($"'{name}': '{PlainText.Of(text)}' is not a number.");

    private static int Whole(string name, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new BadInputException($"'{name}': '{PlainText.Of(text)}' is not a whole number.");
}
