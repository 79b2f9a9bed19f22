using System.Text.Json.Serialization;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>The result of judging a CSV of pairs.</summary>
/// <param name="Out">The file of verdicts.</param>
/// <param name="Pairs">Number of pairs in the CSV.</param>
/// <param name="Earlier">Number of pairs that were already in the file.</param>
/// <param name="Same">Number of pairs judged *same* in this run.</param>
/// <param name="Problems">Number of pairs without a verdict, because an image cannot be read.</param>
internal sealed record BulkVerdictDocument(
    string Out, string Ensemble, int Version, int Pairs, int Earlier, int Same, int Different, int Unsure, int Problems, double Seconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BulkVerdictDocument))]
internal sealed partial class BulkVerdictJson : JsonSerializerContext;
