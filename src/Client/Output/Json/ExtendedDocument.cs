namespace Siamese.Client.Output.Json;

/// <summary>What `extend` added, if it does not follow the sweep.</summary>
/// <param name="Added">Number of points added.</param>
/// <param name="Points">Total number of points in the sweep.</param>
internal sealed record ExtendedDocument(string Sweep, int Added, int Points);
