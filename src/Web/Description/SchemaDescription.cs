using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Siamese.Web.Description;

/// <summary>Corrects what the framework describes otherwise than it is sent and read, so that generated clients have a type for everything.</summary>
internal static class SchemaDescription
{
    /// <summary>Generated clients make this property the message of their exception.</summary>
    private const string IsMessage = "x-ms-primary-error-message";

    public static Task Correct(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(ReadOnlyMemory<byte>))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "byte");
        else if (type == typeof(ReadOnlyMemory<byte>?))
            (schema.Type, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Null, "byte");
        else if (type == typeof(JsonObject))
            HyperparameterSchemas.DescribePoint(schema);
        else if (type == typeof(JsonValue))
            schema.OneOf = HyperparameterSchemas.NumberOrWord(JsonSchemaType.Number);
        else if (type == typeof(ProblemDetails))
            ((OpenApiSchema)schema.Properties!["detail"]).Extensions = new Dictionary<string, IOpenApiExtension> { [IsMessage] = new JsonNodeExtension(JsonValue.Create(true)) };
        else if (type.GetCustomAttribute<TextOrAttribute>() is { } text)
            (schema.Type, schema.Properties, schema.Required, schema.OneOf) = (null, null, null, [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchemaReference(text.Document.Name, context.Document)]);
        RefuseNumbersInStrings(schema);
        AllowNulls(schema, context.JsonPropertyInfo?.AttributeProvider as PropertyInfo);
        return Task.CompletedTask;
    }

    /// <summary>ASP.NET Core would read them.</summary>
    private static void RefuseNumbersInStrings(OpenApiSchema schema)
    {
        if (schema.Type is not { } type || (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) == 0)
            return;
        schema.Type = type & ~JsonSchemaType.String;
        schema.Pattern = null;
    }

    /// <summary>The elements of a list of texts may be null.</summary>
    private static void AllowNulls(OpenApiSchema schema, PropertyInfo? property)
    {
        if (schema.Items is OpenApiSchema { Type: JsonSchemaType.String } items && property is not null && new NullabilityInfoContext().Create(property).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }])
            items.Type = JsonSchemaType.String | JsonSchemaType.Null;
    }
}
