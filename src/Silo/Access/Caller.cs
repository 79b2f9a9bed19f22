using Siamese.Contracts.Access;

namespace Siamese.Silo.Access;

/// <summary>A client that a silo has admitted.</summary>
/// <param name="Name">Who it says it is; for messages and the audit log.</param>
/// <param name="Key">What it proved that with: the serial number of its certificate, `key` and the id of a key for the HTTP API, `local` or `insecure`.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Until">When that ends; null for never.</param>
internal sealed record Caller(string Name, string Key, Role Role, DateTimeOffset? Until)
{
    /// <summary>Whoever may use the local silo: its user.</summary>
    public static Caller OfThisMachine { get; } = new("the user of this machine", "local", Role.Administer, Until: null);
}
