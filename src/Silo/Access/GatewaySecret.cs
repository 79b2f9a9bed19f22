namespace Siamese.Silo.Access;

/// <summary>What clients of a silo without TLS have to know.</summary>
internal sealed record GatewaySecret(byte[] Value);
