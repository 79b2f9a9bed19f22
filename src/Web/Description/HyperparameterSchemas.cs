using Microsoft.OpenApi;
using Siamese.Contracts.Tuning;

namespace Siamese.Web.Description;

/// <summary>Describes points and search spaces, which are objects with a property for each hyperparameter.</summary>
internal static class HyperparameterSchemas
{
    private const string Numbers = "NumberChoice";
    private const string Words = "WordChoice";
    private const string Sizes = "SizeChoice";

    /// <summary>A value of each hyperparameter, or null if it does not apply.</summary>
    public static void DescribePoint(OpenApiSchema schema) => Describe(schema, hyperparameter => hyperparameter.Range switch
    {
        { IsSize: true } => new OpenApiSchema { OneOf = NumberOrWord(JsonSchemaType.Integer) },
        { IsWord: true } => new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
        { IsWhole: true } => new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null },
        _ => new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null, Format = "double" },
    });

    /// <summary>A value, a list of values or a range for some hyperparameters. The document has all of its schemas by now: before that, the framework would resolve these references.</summary>
    public static void DescribeSpaces(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.TryGetValue(SchemaNames.SearchSpace, out var space) is not true)
            return;
        AddChoices(document);
        Describe((OpenApiSchema)space!, hyperparameter => new OpenApiSchemaReference(hyperparameter.Range switch { { IsSize: true } => Sizes, { IsWord: true } => Words, _ => Numbers }, document) { Description = hyperparameter.Description });
    }

    /// <summary>A number, a word or null. A type for null alone would become a class of its own in generated clients.</summary>
    public static IList<IOpenApiSchema> NumberOrWord(JsonSchemaType number) =>
        [new OpenApiSchema { Type = number | JsonSchemaType.Null, Format = number is JsonSchemaType.Number ? "double" : null }, new OpenApiSchema { Type = JsonSchemaType.String }];

    /// <summary>Adds what the schema of search spaces refers to.</summary>
    private static void AddChoices(OpenApiDocument document)
    {
        var number = new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" };
        var word = new OpenApiSchema { Type = JsonSchemaType.String };
        var size = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Integer }, word] };
        var (log, zero) = (new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether values are drawn evenly on a logarithmic scale." }, new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether 0 is a value too." });
        Add(Numbers, "A number, several of them, or a range.", number, "NumberRange", new() { ["low"] = number, ["high"] = number, ["log"] = log, ["zero"] = zero });
        Add(Words, "A word, or several of them.", word, "WordRange", []);
        Add(Sizes, "A size of images, or several of them: the side of a square in pixels, or rows and columns such as `48x96`.", size, "SizeRange", new() { ["low"] = number, ["high"] = number });

        void Add(string name, string description, OpenApiSchema value, string range, Dictionary<string, IOpenApiSchema> limits)
        {
            var values = new OpenApiSchema { Type = JsonSchemaType.Array, Items = value };
            var when = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Values of other hyperparameters, with which alone this one applies: for each a value, or several." };
            document.AddComponent(range, new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Either `values`, or `low` and `high`.",
                Properties = new Dictionary<string, IOpenApiSchema>(limits) { ["values"] = values, ["when"] = when },
            });
            document.AddComponent(name, new OpenApiSchema { Description = description, OneOf = [.. value.OneOf ?? [value], values, new OpenApiSchemaReference(range, document)] });
        }
    }

    private static void Describe(OpenApiSchema schema, Func<Hyperparameter, IOpenApiSchema> describe)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Properties = Hyperparameter.All.ToDictionary(hyperparameter => hyperparameter.JsonName, describe);
    }
}
