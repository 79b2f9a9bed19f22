namespace Siamese.Client.Output.Json;

/// <summary>What `remove` freed.</summary>
internal sealed record RemovedDocument(string Sweep, long FreedBytes);
