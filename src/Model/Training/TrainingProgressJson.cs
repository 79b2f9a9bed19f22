using System.Text.Json.Serialization;

namespace Siamese.Model.Training;

/// <summary>Reads and writes <see cref="TrainingProgress"/> as JSON.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrainingProgress))]
internal sealed partial class TrainingProgressJson : JsonSerializerContext;
