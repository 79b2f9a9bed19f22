using System.Text.Json.Serialization;

namespace Siamese.Contracts.Exchange;

/// <summary>Reads and writes the documents of an exported folder.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, NewLine = "\n",
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = [typeof(HyperparametersConverter)])]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(ExportedCalibration))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
