using System.Text.Json.Nodes;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>Hyperparameters by JSON name; null if one does not apply.</summary>
public static class HyperparametersDocument
{
    public static JsonObject Of(Hyperparameters hyperparameters) =>
        new(Hyperparameter.All.Select(h => KeyValuePair.Create<string, JsonNode?>(h.JsonName, Value(h.Get(hyperparameters)))));

    public static JsonValue? Value(HyperparameterValue? value) => value switch
    {
        null => null,
        { Word: { } word } => JsonValue.Create(word),
        { Number: var number } when double.IsInteger(number) => JsonValue.Create((long)number),
        { Number: var number } => JsonValue.Create(number),
    };
}
