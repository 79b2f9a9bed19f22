namespace Siamese.Client.Output.Json;

/// <summary>What `enroll` did.</summary>
/// <param name="Version">The version that has seen all that is enrolled; null where that is left for later.</param>
/// <param name="Added">Images that are enrolled now and were not before.</param>
/// <param name="Known">Those that were.</param>
/// <param name="Problems">Of each image that could not be enrolled why.</param>
internal sealed record EnrolmentDocument(string Ensemble, int? Version, int Added, int Known, IReadOnlyList<string> Problems, double Seconds);
