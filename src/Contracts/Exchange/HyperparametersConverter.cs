using System.Text.Json;
using System.Text.Json.Serialization;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Exchange;

/// <summary>Hyperparameters under the names that users know them by: a number, a word, or null if one does not apply.</summary>
internal sealed class HyperparametersConverter : JsonConverter<Hyperparameters>
{
    public override void Write(Utf8JsonWriter writer, Hyperparameters value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var hyperparameter in Hyperparameter.All)
        {
            switch (hyperparameter.Get(value))
            {
                case null:
                    writer.WriteNull(hyperparameter.JsonName);
                    break;
                case { Word: { } word }:
                    writer.WriteString(hyperparameter.JsonName, word);
                    break;
                case { Number: var number }:
                    writer.WriteNumber(hyperparameter.JsonName, number);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    public override Hyperparameters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var read = new Hyperparameters();
        foreach (var hyperparameter in Hyperparameter.All)
        {
            // Exports of earlier builds do not have these.
            if (hyperparameter.Name is "from" or "freeze" && document.RootElement.ValueKind is JsonValueKind.Object && !document.RootElement.TryGetProperty(hyperparameter.JsonName, out _))
                continue;
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty(hyperparameter.JsonName, out var given))
                throw new JsonException($"The hyperparameter `{hyperparameter.JsonName}` is missing.");
            read = Set(hyperparameter, read, given);
        }

        return read;
    }

    private static Hyperparameters Set(Hyperparameter hyperparameter, Hyperparameters read, JsonElement given)
    {
        HyperparameterValue? value = given.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => given.GetDouble(),
            JsonValueKind.String => given.GetString()!,
            _ => throw new JsonException($"The hyperparameter `{hyperparameter.JsonName}` is neither a number nor a word."),
        };
        if (value is { } stated && !hyperparameter.Range.Holds(stated))
            throw new JsonException($"The hyperparameter `{hyperparameter.JsonName}` is {stated}, not {hyperparameter.Range.InWords}.");
        try
        {
            return hyperparameter.Set(read, value);
        }
        catch (InvalidOperationException problem)
        {
            throw new JsonException($"The hyperparameter `{hyperparameter.JsonName}` has no value.", problem);
        }
    }
}
