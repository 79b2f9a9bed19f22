namespace Siamese.Client.Output.Json;

/// <summary>What `extend` added, where it does not follow the sweep.</summary>
/// <param name="Added">Number of points.</param>
/// <param name="Points">Number of points that the sweep has in all.</param>
internal sealed record ExtendedDocument(string Sweep, int Added, int Points);
