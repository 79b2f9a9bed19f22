using System.Text.Json.Serialization;

namespace Siamese.Client.Output.Json;

/// <summary>How documents are serialized. Generated at build time: reflection would add a tenth of a second to every start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SweepDocument))]
[JsonSerializable(typeof(TrialsDocument))]
[JsonSerializable(typeof(ImportanceDocument))]
[JsonSerializable(typeof(VerdictDocument))]
[JsonSerializable(typeof(BulkVerdictDocument))]
[JsonSerializable(typeof(EnrolmentDocument))]
[JsonSerializable(typeof(IdentificationDocument))]
[JsonSerializable(typeof(EnrolledDocument))]
[JsonSerializable(typeof(ForgottenDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(BoardDocument))]
[JsonSerializable(typeof(EnsemblesDocument))]
[JsonSerializable(typeof(CancelledDocument))]
[JsonSerializable(typeof(RemovedDocument))]
[JsonSerializable(typeof(RetriedDocument))]
[JsonSerializable(typeof(ExtendedDocument))]
[JsonSerializable(typeof(WorstDocument))]
[JsonSerializable(typeof(FeedbackDocument))]
[JsonSerializable(typeof(RecalibratedDocument))]
[JsonSerializable(typeof(SamplesDocument))]
[JsonSerializable(typeof(EvaluationDocument))]
[JsonSerializable(typeof(ExportedDocument))]
[JsonSerializable(typeof(ImportedDocument))]
internal sealed partial class Documents : JsonSerializerContext;
