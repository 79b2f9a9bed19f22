using System.Text.Json.Serialization;

namespace Siamese.Model.Training;

/// <summary>How progress is read and written.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrainingProgress))]
internal sealed partial class TrainingProgressJson : JsonSerializerContext;
