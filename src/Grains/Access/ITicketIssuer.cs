using Siamese.Contracts.Access;

namespace Siamese.Grains.Access;

/// <summary>Issues tickets, with which calls are made on behalf of somebody. Every silo of the cluster recognizes them.</summary>
public interface ITicketIssuer
{
    /// <param name="name">Who calls.</param>
    /// <param name="key">What that was proved with, for the audit log.</param>
    /// <param name="role">What may be called.</param>
    /// <param name="until">When the ticket becomes invalid.</param>
    byte[] Issue(string name, string key, Role role, DateTimeOffset until);
}
