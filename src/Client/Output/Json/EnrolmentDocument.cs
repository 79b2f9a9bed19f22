namespace Siamese.Client.Output.Json;

/// <summary>What `enroll` did.</summary>
/// <param name="Version">The version that has embedded every enrolled image; null if that is left for later.</param>
/// <param name="Added">Number of newly enrolled images.</param>
/// <param name="Known">Number of images that were already enrolled.</param>
/// <param name="Problems">For each image that could not be enrolled, the reason.</param>
internal sealed record EnrolmentDocument(string Ensemble, int? Version, int Added, int Known, IReadOnlyList<string> Problems, double Seconds);
