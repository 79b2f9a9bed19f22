namespace Siamese.Client.Output.Json;

/// <summary>What `retry` restarted, if it does not follow the sweep.</summary>
/// <param name="Waiting">Number of failed trials that are waiting for a slot again.</param>
internal sealed record RetriedDocument(string Sweep, int Waiting);
