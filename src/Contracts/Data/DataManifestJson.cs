using System.Text.Json.Serialization;

namespace Siamese.Contracts.Data;

/// <summary>Reads and writes a manifest.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DataManifest))]
internal sealed partial class DataManifestJson : JsonSerializerContext;
