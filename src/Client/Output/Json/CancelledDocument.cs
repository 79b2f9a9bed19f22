namespace Siamese.Client.Output.Json;

/// <summary>What `cancel` stopped: a sweep, or one trial of it.</summary>
internal sealed record CancelledDocument(string Sweep, string? Trial);
