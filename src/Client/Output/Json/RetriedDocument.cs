namespace Siamese.Client.Output.Json;

/// <summary>What `retry` let run again, where it does not follow the sweep.</summary>
/// <param name="Waiting">Number of trials that had failed and wait for a slot again.</param>
internal sealed record RetriedDocument(string Sweep, int Waiting);
