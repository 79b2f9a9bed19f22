using System.Security.Cryptography;
using System.Text.Json;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Grains.Access;

namespace Siamese.Silo.Access;

/// <summary>Tickets of admitted clients. Every silo of the cluster can read them, and nobody else can make one.</summary>
/// <param name="secrets">The cluster's secrets.</param>
/// <param name="scope">The cluster and how it admits clients: a ticket is not valid elsewhere.</param>
/// <param name="denied">Certificates whose tickets are no longer valid; null for none.</param>
/// <param name="time">The time.</param>
internal sealed class Tickets(ClusterSecrets secrets, string scope, DenyList? denied, TimeProvider time) : ITicketIssuer
{
    private const int SignatureBytes = HMACSHA256.HashSizeInBytes;

    private readonly string _purpose = $"ticket for {scope}";

    /// <inheritdoc/>
    public byte[] Issue(string name, string key, Role role, DateTimeOffset until) => Issue(new Caller(name, key, role, until));

    public byte[] Issue(Caller caller)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(caller);
        return [.. secrets.Sign(_purpose, content), .. content];
    }

    /// <summary>Whose ticket it is; null if it is not valid, or no longer.</summary>
    public Caller? Read(byte[] ticket)
    {
        if (ticket.Length <= SignatureBytes || !secrets.IsValid(_purpose, ticket.AsSpan(SignatureBytes), ticket.AsSpan(0, SignatureBytes)))
            return null;
        var caller = JsonSerializer.Deserialize<Caller>(ticket.AsSpan(SignatureBytes))!;
        return (caller.Until is { } until && until <= time.GetUtcNow()) || denied?.Holds(caller.Key) == true ? null : caller;
    }
}
