namespace Siamese.Client.Output.Json;

/// <summary>What came of a CSV of pairs.</summary>
/// <param name="Out">The file of verdicts.</param>
/// <param name="Pairs">Pairs of the CSV.</param>
/// <param name="Earlier">Those that the file held already.</param>
/// <param name="Same">Those that were judged the same now.</param>
/// <param name="Problems">Those that have no verdict, for an image that cannot be read.</param>
internal sealed record BulkVerdictDocument(
    string Out, string Ensemble, int Version, int Pairs, int Earlier, int Same, int Different, int Unsure, int Problems, double Seconds);
