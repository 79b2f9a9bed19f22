namespace Siamese.Client.Output.Json;

/// <summary>Whom `forget` took out, and what that freed.</summary>
internal sealed record ForgottenDocument(string Ensemble, string Name, int Images, long FreedBytes);
