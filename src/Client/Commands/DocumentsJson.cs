using System.Text.Json.Serialization;
using Siamese.Contracts.Documents;

namespace Siamese.Client.Commands;

/// <summary>Writes the documents that commands share with the HTTP API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BoardDocument))]
[JsonSerializable(typeof(EnsemblesDocument))]
[JsonSerializable(typeof(EvaluationDocument))]
[JsonSerializable(typeof(FeedbackDocument))]
[JsonSerializable(typeof(IdentificationDocument))]
[JsonSerializable(typeof(ImportanceDocument))]
[JsonSerializable(typeof(RecalibratedDocument))]
[JsonSerializable(typeof(RecalibrationEffectDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(SweepDocument))]
[JsonSerializable(typeof(TrialsDocument))]
[JsonSerializable(typeof(VerdictDocument))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
