using System.Collections.Immutable;

namespace Siamese.Contracts.Access;

/// <summary>What the holder of a key may do, now.</summary>
/// <param name="Key">The key's id.</param>
/// <param name="Name">The key's name.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="PerMinute">Number of the holder's requests to answer in a minute.</param>
/// <param name="Until">When the ticket becomes invalid: 2 minutes after it was issued, or when the key expires if that is earlier.</param>
/// <param name="Ticket">
/// With this ticket, calls of grains are the key's: they are allowed and refused, logged and counted as its own. See
/// <see cref="Connections.ClientAccess.CallWith"/>.
/// </param>
[GenerateSerializer, Immutable, Alias("siamese.Admission")]
public sealed record Admission(string Key, string Name, Role Role, int PerMinute, DateTimeOffset Until, ImmutableArray<byte> Ticket);
