using System.Security.Cryptography;
using System.Text.Json;

namespace Siamese.Silo.Access;

/// <summary>Tickets of admitted clients. Every silo of the cluster can read them, and nobody else can make one.</summary>
internal sealed class Tickets(ClusterSecrets secrets, TimeProvider time)
{
    private const string Purpose = "ticket";
    private const int SignatureBytes = HMACSHA256.HashSizeInBytes;

    public byte[] Issue(Caller caller)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(caller);
        return [.. secrets.Sign(Purpose, content), .. content];
    }

    /// <summary>Whose ticket it is; null if it is not valid, or no longer.</summary>
    public Caller? Read(byte[] ticket)
    {
        if (ticket.Length <= SignatureBytes || !secrets.IsValid(Purpose, ticket.AsSpan(SignatureBytes), ticket.AsSpan(0, SignatureBytes)))
            return null;
        var caller = JsonSerializer.Deserialize<Caller>(ticket.AsSpan(SignatureBytes))!;
        return caller.Until is { } until && until <= time.GetUtcNow() ? null : caller;
    }
}
