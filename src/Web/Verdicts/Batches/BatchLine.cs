using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Siamese.Web.Description;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts.Batches;

/// <summary>One line of a batch: an image to keep, an image to forget, or a pair to judge.</summary>
/// <param name="Image">Id of an image to keep, of your choice, 1 to 200 characters; later pairs name it.</param>
/// <param name="Data">The bytes of the image's file, in base64.</param>
/// <param name="Strokes">The bytes of a file with the pen strokes that drew it, in base64, for ensembles that take both.</param>
/// <param name="Forget">Id of a kept image that no later pair names, so that its memory is free.</param>
/// <param name="Pair">The two images to compare: each the id of a kept image, or an image.</param>
internal sealed record BatchLine(string? Image = null, byte[]? Data = null, byte[]? Strokes = null, string? Forget = null, BatchImage[]? Pair = null)
{
    private const int LongestId = 200;

    private static readonly JsonSerializerOptions _json = new(Bodies.Strict) { Converters = { new BatchImageConverter() } };

    /// <exception cref="ProblemException">It is not as described.</exception>
    public static BatchLine Read(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var read = JsonSerializer.Deserialize<BatchLine>(ref reader, _json);
            if (read?.IsSound == true && !reader.Read())
                return read;
        }
        catch (JsonException e)
        {
            throw new ProblemException(ProblemKind.Malformed, $"The line cannot be read: {e.Message}");
        }

        throw new ProblemException(ProblemKind.Malformed, $"A line is an image with 'image' (1 to {LongestId} characters) and 'data', or 'forget' with the id of an image, or 'pair' with two images.");
    }

    private bool IsSound => this switch
    {
        { Image.Length: > 0 and <= LongestId, Data: not null, Forget: null, Pair: null } => true,
        { Image: null, Data: null, Strokes: null, Forget: not null, Pair: null } => true,
        { Image: null, Data: null, Strokes: null, Forget: null, Pair: [not null, not null] } => true,
        _ => false,
    };
}

/// <summary>One of the images of a pair.</summary>
/// <param name="Id">Id of a kept image; null if it is here.</param>
/// <param name="Inline">The image itself; null if it is a kept one.</param>
[TextOr(typeof(ImageDocument))]
internal sealed record BatchImage(string? Id, ImageDocument? Inline);

/// <summary>Reads an id or an image.</summary>
internal sealed class BatchImageConverter : JsonConverter<BatchImage>
{
    public override BatchImage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType is JsonTokenType.String
        ? new(reader.GetString(), null)
        : new(null, JsonSerializer.Deserialize<ImageDocument>(ref reader, options) ?? throw new JsonException("An image of the pair is null."));

    public override void Write(Utf8JsonWriter writer, BatchImage value, JsonSerializerOptions options) => throw new NotSupportedException();
}
