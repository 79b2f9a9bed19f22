using System.Text.Json.Serialization;
using Siamese.Contracts.Trials;

namespace Siamese.Model.Training;

/// <summary>How far a trial has progressed. JSON preserves it to the last bit, because doubles are written to round-trip.</summary>
/// <param name="Reports">The finished epochs.</param>
/// <param name="Sums">Totals of the epoch after those.</param>
/// <param name="Seconds">Seconds of training, including earlier leases.</param>
/// <param name="MachineKind">The kinds of machine it was trained on so far.</param>
internal sealed record TrainingProgress(IReadOnlyList<EpochReport> Reports, EpochSums Sums, double Seconds, string MachineKind);

/// <summary>Reads and writes <see cref="TrainingProgress"/> as JSON.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrainingProgress))]
internal sealed partial class TrainingProgressJson : JsonSerializerContext;
