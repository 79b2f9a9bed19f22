namespace Siamese.Client.Output.Json;

/// <summary>Who `forget` removed, and how much space that freed.</summary>
internal sealed record ForgottenDocument(string Ensemble, string Name, int Images, long FreedBytes);
