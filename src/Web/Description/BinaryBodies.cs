using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Siamese.Web.Description;

/// <summary>Describes bodies and answers that are bytes as they are.</summary>
internal static class BinaryBodies
{
    /// <summary>Bytes, not in base64.</summary>
    public static OpenApiSchema Schema() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <summary>Media types of images, and of files of pen strokes. Any other is taken too.</summary>
    private static readonly string[] _images = ["image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff", "application/octet-stream"];

    /// <summary>The body is a file of this media type.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder operation, string mediaType) => operation.WithMetadata(new FileBody([mediaType], "The bytes of the file."));

    /// <summary>The body is an image, or the pen strokes of a drawing.</summary>
    public static RouteHandlerBuilder TakesImage(this RouteHandlerBuilder operation) => operation.WithMetadata(new FileBody(_images, "The bytes of an image, or of a file of pen strokes."));

    /// <summary>The answer is a file of this media type.</summary>
    public static RouteHandlerBuilder AnswersWithFile(this RouteHandlerBuilder operation, string mediaType) => operation.WithMetadata(new FileAnswer(mediaType));

    /// <summary>A body that is a file.</summary>
    /// <param name="MediaTypes">Its media types.</param>
    /// <param name="Description">What it is.</param>
    internal sealed record FileBody(string[] MediaTypes, string Description)
    {
        public OpenApiRequestBody Describe() => new() { Required = true, Description = Description, Content = Content(MediaTypes) };
    }

    /// <summary>An answer that is a file.</summary>
    /// <param name="MediaType">Its media type.</param>
    internal sealed record FileAnswer(string MediaType)
    {
        public OpenApiResponse Describe() => new() { Description = "OK", Content = Content(MediaType) };
    }

    private static Dictionary<string, OpenApiMediaType> Content(params string[] mediaTypes) => mediaTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Schema() });
}
