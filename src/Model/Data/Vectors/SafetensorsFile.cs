using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Tensors;

namespace Siamese.Model.Data.Vectors;

/// <summary>A tensor of vectors in a safetensors file, with labels as a tensor of integers, or as JSON arrays in the metadata.</summary>
internal static class SafetensorsFile
{
    private static readonly string[] _labels = ["labels", "classes", "y"], _groups = ["groups"], _splits = ["splits"], _ids = ["images", "ids"];

    /// <exception cref="BadInputException">It is not such a file, or has no vectors.</exception>
    public static VectorContent Read(string path, VectorMemory memory)
    {
        using var file = File.OpenRead(path);
        var (places, metadata) = Places(path, file);
        var arrays = new VectorArrays(path, [.. places.Select(place => new VectorArrays.Entry(
            place.Name, place.Shape.Type, NumberType.OfSafetensors(place.Shape.Type) is not null, place.Shape.Shape, rows => FitsRows(place, rows), new(path, place.Name)))]);
        var vectors = arrays.Vectors();
        var (count, width) = (vectors.Shape[0], vectors.Shape[1]);
        var place = places.First(its => its.Name == vectors.Name);
        var type = NumberType.OfSafetensors(place.Shape.Type)!;
        if ((Int128)count * width * type.Size != place.End - place.Begin)
            throw vectors.Array.Bad($"has {place.End - place.Begin} bytes for the shape ({count}, {width}) of {place.Shape.Type}. Save it again.");
        var values = memory(count, width, stored: metadata.Sum(entry => 4L * entry.Value.Length) + (64 * count));
        file.Position = place.Begin;
        NumberStream.Read(file, type, isBigEndian: false, isColumnwise: false, (int)width, values, vectors.Array);
        return new((int)width, values, new(
            (arrays.Labels(count) is { } labels ? Integers(file, places.First(its => its.Name == labels.Name), labels.Array) : null) ?? Array(_labels), Array(_groups), Array(_splits), Array(_ids)));

        string[]? Array(string[] names) => names.Select(name => metadata.TryGetValue(name, out var text) ? Texts(path, name, text, count) : null).FirstOrDefault(texts => texts is not null);
    }

    private static (IReadOnlyList<TensorPlace> Places, IReadOnlyDictionary<string, string> Metadata) Places(string path, FileStream file)
    {
        try
        {
            var length = new byte[sizeof(long)];
            file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false);
            var start = new byte[Safetensors.HeaderBytes(length.AsSpan(0, (int)Math.Min(length.Length, file.Length)), file.Length)];
            file.Position = 0;
            file.ReadExactly(start);
            return Safetensors.ReadPlaces(start, file.Length);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new BadInputException($"{path} is not a valid safetensors file: {e.Message} Copy or save it again.", e);
        }
    }

    private static bool FitsRows(TensorPlace place, long rows) =>
        place.Shape is { Type: "I64" } && (place.Shape.Shape is [var only] && only == rows || place.Shape.Shape is [var first, 1] && first == rows) && place.End - place.Begin == sizeof(long) * rows;

    private static string[] Integers(FileStream file, TensorPlace place, ArrayOf array)
    {
        file.Position = place.Begin;
        return TextArray.Read(file, new NpyHeader("i8", IsBigEndian: false, IsColumnwise: false, [place.Shape.Shape[0]]), array);
    }

    /// <summary>The texts or numbers of a JSON array in the metadata.</summary>
    private static string[] Texts(string path, string name, string text, long rows)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            string[] texts = [.. json.RootElement.EnumerateArray().Select(element => element.ValueKind is JsonValueKind.Number ? element.GetRawText() : element.GetString() ?? throw new FormatException("An element is null."))];
            return texts.Length == rows ? texts : throw new BadInputException(FormattableString.Invariant(
                $"{path}: the entry '{name}' of its metadata has {texts.Length} elements, but there are {rows} vectors. It must have one for each, in the same order."));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new BadInputException($"{path}: the entry '{name}' of its metadata is not a JSON array of texts or numbers. Write one text for each vector.", e);
        }
    }
}
