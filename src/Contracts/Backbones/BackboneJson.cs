using System.Text.Json.Serialization;

namespace Siamese.Contracts.Backbones;

/// <summary>Serialization of the settings of a backbone.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, NewLine = "\n", UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BackboneSettings))]
internal sealed partial class BackboneJson : JsonSerializerContext;
