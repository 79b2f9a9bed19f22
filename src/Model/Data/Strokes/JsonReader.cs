using System.Text;
using System.Text.Json;
using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads drawings as JSON: an array of strokes, or an object with such an array under <c>strokes</c> or <c>drawing</c>. A
/// stroke is an array, or an object with an array under <c>points</c> (as signature_pad saves it). <see cref="JsonLayout"/>
/// says what a stroke contains.
/// </summary>
internal ref struct JsonReader
{
    private const string Advice = "Write an array of strokes, each an array of points such as [x, y], [x, y, t] or {\"x\": 1, \"y\": 2}";

    private readonly StrokeFile _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly JsonLayout _layout;
    private Utf8JsonReader _json;

    private JsonReader(StrokeFile file)
    {
        (_file, _layout) = (file, new(file));
        _bytes = Encoding.UTF8.GetBytes(file.Text);
        _json = new(_bytes, new JsonReaderOptions { MaxDepth = 16 });
    }

    public static bool Recognizes(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start is ['{', ..])
            return Names(text, "strokes") || Names(text, "drawing");
        var inside = start is ['[', ..] ? start[1..].TrimStart() : default;
        return inside is ['[', ..] || (inside is ['{', ..] && Names(text, "points"));

        static bool Names(string text, string property) => text.Contains($"\"{property}\"", StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="BadInputException">The file is not valid JSON, or not a drawing.</exception>
    public static PenPath Read(StrokeFile file)
    {
        try
        {
            return new JsonReader(file).ReadFile();
        }
        catch (JsonException e)
        {
            throw file.Bad(new((int)(e.LineNumber ?? 0) + 1), "the file is not valid JSON here. Correct it, or export the drawing again.");
        }
    }

    private PenPath ReadFile()
    {
        _json.Read();
        if (_json.TokenType is JsonTokenType.StartArray)
            ReadStrokes();
        else
            ReadProperties("strokes", "drawing", static (ref reader) => reader.ReadStrokes());
        _json.Read(); // It throws if anything follows.
        return _layout.Build();
    }

    private void ReadStrokes()
    {
        if (_json.TokenType is not JsonTokenType.StartArray)
            throw Bad("an array of strokes is missing");
        while (Next() is not JsonTokenType.EndArray)
        {
            if (_json.TokenType is JsonTokenType.StartObject)
                ReadProperties("points", "points", static (ref reader) => reader.ReadStroke());
            else
                ReadStroke();
        }
    }

    private void ReadStroke()
    {
        if (_json.TokenType is not JsonTokenType.StartArray)
            throw Bad("an array of points is missing");
        _layout.StartStroke();
        while (Next() is not JsonTokenType.EndArray)
        {
            switch (_json.TokenType)
            {
                case JsonTokenType.StartArray:
                    _layout.StartArray();
                    while (Next() is not JsonTokenType.EndArray)
                        _layout.Add(Number("a value"));
                    break;
                case JsonTokenType.StartObject:
                    ReadPoint();
                    break;
                default:
                    throw Bad("a stroke contains something else than points");
            }
        }
    }

    private void ReadPoint()
    {
        double? x = null, y = null, time = null, pressure = null;
        while (Next() is not JsonTokenType.EndObject)
        {
            var name = Name();
            Next();
            switch (name)
            {
                case "x":
                    x = Number(name);
                    break;
                case "y":
                    y = Number(name);
                    break;
                case "t" or "time":
                    time = Number(name);
                    break;
                case "p" or "pressure":
                    pressure = Number(name);
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        _layout.AddPoint(x ?? throw Bad("the point has no x"), y ?? throw Bad("the point has no y"), time, pressure);
    }

    private delegate void Value(ref JsonReader reader);

    /// <summary>Reads what an object has under one of two names.</summary>
    private void ReadProperties(string name, string other, Value read)
    {
        if (_json.TokenType is not JsonTokenType.StartObject)
            throw Bad("the file contains a single value");
        var isFound = false;
        while (Next() is not JsonTokenType.EndObject)
        {
            var isWanted = Name() is var found && (found == name || found == other);
            Next();
            isFound |= isWanted;
            if (isWanted)
                read(ref this);
            else
                _json.Skip();
        }

        if (!isFound)
            throw Bad($"the object has no property '{name}'");
    }

    /// <summary>The name of the current property in lower case. No wanted name contains an escape.</summary>
    private readonly string Name() => _json.ValueIsEscaped ? "" : Encoding.UTF8.GetString(_json.ValueSpan).ToLowerInvariant();

    private readonly double Number(string what) => _json.TokenType is not JsonTokenType.Number ? throw Bad($"{what} must be a number")
        : _json.TryGetDouble(out var number) ? number : double.PositiveInfinity;

    private JsonTokenType Next()
    {
        _json.Read();
        return _json.TokenType;
    }

    private readonly BadInputException Bad(string problem) =>
        _file.Bad(new(_bytes[..(int)_json.TokenStartIndex].Count((byte)'\n') + 1), $"{problem}. {Advice}.");
}
