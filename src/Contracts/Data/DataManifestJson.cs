using System.Text.Json.Serialization;

namespace Siamese.Contracts.Data;

/// <summary>How a manifest is read and written.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DataManifest))]
internal sealed partial class DataManifestJson : JsonSerializerContext;
